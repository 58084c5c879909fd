from . import captcha, sign_in, sign_ins
