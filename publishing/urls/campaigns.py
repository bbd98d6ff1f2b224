"""The addresses of campaigns."""

from django.urls import path

from publishing.views import campaigns

urlpatterns = [
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/", campaigns.add, name="campaign_new"),
    path("campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:pk>/change/", campaigns.change, name="campaign_change"),
    path("campaigns/<int:pk>/close/", campaigns.close, name="campaign_close"),
]
