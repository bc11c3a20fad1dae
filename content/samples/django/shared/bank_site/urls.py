from django.urls import path

from accounts import views

urlpatterns = [
    path("accounts/", views.accounts),
    path("transfers/", views.transfers),
]
