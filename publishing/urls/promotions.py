"""The addresses of paid promotion."""

from django.urls import path

from publishing.views import promotions

urlpatterns = [
    path("promotions/", promotions.promotions, name="promotions"),
    path("promotions/csv/", promotions.promotions_csv, name="promotions_csv"),
    path("promotions/<int:pk>/", promotions.promotion, name="promotion"),
    path("promotions/<int:pk>/budget/", promotions.agree_budget, name="promotion_budget"),
    path("promotions/<int:pk>/words/", promotions.agree_words, name="promotion_words"),
    path("promotions/<int:pk>/refuse/", promotions.refuse, name="promotion_refuse"),
    path("promotions/<int:pk>/withdraw/", promotions.withdraw, name="promotion_withdraw"),
    path("promotions/<int:pk>/spend/", promotions.spend, name="promotion_spend"),
    path("posts/<int:pk>/promote/", promotions.ask, name="promotion_new"),
]
