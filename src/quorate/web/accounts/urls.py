"""The addresses of accounts. Of django-allauth only what members need is reachable: nobody signs up
or has a password, and an address is changed our way."""

from __future__ import annotations

from allauth.account import views as allauth
from django.urls import include, path
from django.views.generic import RedirectView

from quorate.web.accounts import address_views, devices, views
from quorate.web.record import own

_TO_LOGIN = RedirectView.as_view(url="/account/login/", query_string=True)

urlpatterns = [
    path("", views.account),
    path("login/", allauth.request_login_code, name="account_login"),
    path("login/code/", _TO_LOGIN, name="account_request_login_code"),
    path("login/code/confirm/", allauth.confirm_login_code, name="account_confirm_login_code"),
    path("signup/", _TO_LOGIN, name="account_signup"),
    path("logout/", views.sign_out, name="account_logout"),
    path("inactive/", _TO_LOGIN, name="account_inactive"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("2fa/", include("allauth.mfa.urls")),
    path("address/", address_views.address, name="account_email"),
    path("address/withdraw", address_views.withdraw),
    path("address/confirm/<str:secret>", address_views.confirm),
    path("address/stop/<str:secret>", address_views.stop),
    path("receipts", own.receipts),
    path("devices", devices.overview),
    path("token", views.token),
    path("token/end", views.end_token),
    path("everywhere", views.sign_out_everywhere),
    path("erase", views.erase),
]
