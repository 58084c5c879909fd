from . import captcha, sign_in, sign_ins
from . import forgotten, reset
from . import applications
