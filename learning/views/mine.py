from django.http import HttpRequest, HttpResponse


def mine(request: HttpRequest, **kw: object) -> HttpResponse:
    return HttpResponse()
