from django.urls import path

from training.views import certificates

urlpatterns = [
    path("certificates/", certificates.look_up, name="certificates"),
    path("certificates/<str:number>/", certificates.certificate, name="certificate"),
    path("certificates/<str:number>/pdf/", certificates.pdf, name="certificate_pdf"),
]
