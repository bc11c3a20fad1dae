SECRET_KEY = "good enough for a tutorial, and for nothing else"
DEBUG = True
ALLOWED_HOSTS = ["localhost"]
TIME_ZONE = "UTC"

INSTALLED_APPS = ["accounts"]
ROOT_URLCONF = "bank_site.urls"

DATABASES = {
    "default": {
        "ENGINE": "django_cockroachdb",
        "HOST": "localhost",
        "PORT": 26257,
        "USER": "maxroach",
        "NAME": "bank",
        "OPTIONS": {
            "sslmode": "verify-full",
            "sslrootcert": "certs/ca.crt",
            "sslcert": "certs/client.maxroach.crt",
            "sslkey": "certs/client.maxroach.key",
        },
    },
}
