"""Django's name for the store."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    name = "quorate.store"
    label = "store"
    verbose_name = "The store"
