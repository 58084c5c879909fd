"""Words that passwords of many people consist of, for ``rules``. Pure.

Put together for this product: words, names, keys beside each other on a keyboard (Latin and
注音) and words that people of a Taiwanese university come upon first. Lower case, without the
digits and marks that people put around them: ``Passw0rd!2026`` is ``password`` here.
"""

_WORDS = """
a aa aaa aaaa aaaaaa ab abc abcabc abcd abcde abcdef abcdefg abcdefgh access account admin
administrator adobe albert alex alexander alice alpha amanda amor andrea andrew android angel angela
anna anthony apple april arsenal asd asdasd asdf asdfasdf asdfg asdfgh asdfghj asdfghjk asdfghjkl
ashley asshole austin autumn azerty babe baby babygirl backup badminton banana barcelona baseball
basketball batman beautiful beauty benjamin best biteme black blink blue bonjour boss brandon
bubbles buster buttercup butterfly calvin camera campus captain carlos charles charlie cheese
chelsea chen chicken china chinese chocolate chris christian christmas class classroom coffee
college company computer contrasena cookie corona corvette cowboy cristina crystal dallas daniel
danielle database david december default degree demo department desktop destiny diamond diploma
dolphin donald dragon dreamer eagle easy elephant elizabeth email emily employee english ewq exam
facebook family february fish flower football forever formosa francisco freedom friday friend
friends fuckme fuckoff fuckyou game gateway george gfhjkm ginger girl god golden google graduate
graduation guest guitar hacker hallo hammer hannah happy harley harry heaven hello hellokitty help
home honda honey hongkong huang hunter iloveme iloveu iloveyou india info inlove internet intranet
ironman jackson jaguar january japan jasmine jason jennifer jessica jessie jesus john johnny
jonathan jordan joseph joshua july june junior justin keyboard killer king kitty kobe korea lakers
laptop letmein liang library lin line linkedin lisa liverpool lol london love lovely loveme lover
loveyou lucky maggie mail manager march maria marina mark marlboro martin master matrix matthew
maverick melissa mercedes merlin michael michelle mickey microsoft mike mobile monday money monica
monkey monster morgan mother mustang my mylove mynoob mypass mypassword myspace naruto natasha
nathan network newpass newpassword newyork nicholas nicole nihao nikita nothing november ntu ntue
ntueedu ntuegrad ntuestudent october office oliver orange pa pacific pass passcode passpass passw
passwd password passwords passwort peanut pepper phoenix phone pikachu player please pokemon police
porsche portal power prince princess private purple pussy q qaz qazwsx qazwsxedc qq qqq qqqq queen
qw qwe qweasd qweasdzxc qweqwe qwer qwerasdf qwert qwerty qwertyu qwertyui qwertyuiop rabbit rachel
rainbow ranger raymond rebecca red registrar reset richard robert rock rocket ronaldo root sakura
sam samantha samsung sandra saturday scholar school secret security september service sex sexy
shadow shanghai silver simon simple slipknot smile snoopy snow soccer sophie spider spiderman spring
star starwars stella steven student students summer sunday sunflower sunny sunshine super superman
superstar support sweet sweety system taipei taiwan taiwanno teacher temp test tester testing
testtest thomas thunder thursday tiger tigger timothy toyota trustno tuesday turtle uiop university
unknown user username vanessa victoria victory wang wednesday welcome whatever william windows
winner winter wizard wonderful work world wsx www xiaoming xxx yamaha yankees yellow yes yuan zaq
zaqwsx zaqxsw zhang zxc zxcasd zxcasdqwe zxcv zxcvb zxcvbn zxcvbnm
"""

_WHOLE = """
!qaz2wsx !qaz@wsx 123abc456 123qwe 123qweasd 12qwaszx 1314love 1a2b3c4d 1j4g4 1q2w3e 1q2w3e4r
1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc 1qaz@wsx 1qazxsw2 2u6wu0 520520love 5k4g4 a123456b a1b2c3d4
a1s2d3f4 aa12345678 abc123abc abcd123e asd123qwe e04su3su6 ji32k7au4a83 ji3g4go6 love520 p@ssw0rd
passw0rd q1w2e3r4 q1w2e3r4t5 qq123456qq qwe123asd ru8e94 su3cl3 su3cl3su3cl3 wu0wu0 zaq12wsx
"""

WORDS = frozenset(_WORDS.split())
"""Words that are common by themselves, whatever digits and marks stand around them."""

WHOLE = frozenset(_WHOLE.split())
"""Whole passwords, in lower case, that are common though no word is in them."""
