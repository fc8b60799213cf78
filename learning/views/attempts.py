from django.http import HttpRequest, HttpResponse


def overview(request: HttpRequest, **kw: object) -> HttpResponse:
    return HttpResponse()


def submit(request: HttpRequest, **kw: object) -> HttpResponse:
    return HttpResponse()


def question(request: HttpRequest, **kw: object) -> HttpResponse:
    return HttpResponse()
