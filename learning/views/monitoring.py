from django.http import HttpRequest, HttpResponse


def municipality(request: HttpRequest, **kw: object) -> HttpResponse:
    return HttpResponse()


def people_csv(request: HttpRequest, **kw: object) -> HttpResponse:
    return HttpResponse()


def nation(request: HttpRequest, **kw: object) -> HttpResponse:
    return HttpResponse()
