"""Mail where there is no mail server."""

import email

from django.core.mail import send_mail


def test_each_mail_is_a_file_of_its_own(settings, tmp_path):
    settings.EMAIL_BACKEND = "config.mail_files.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    for number in range(2):
        send_mail(
            f"Onderwerp {number}", "Één tekst.", "a@voorbeeld.example", ["b@voorbeeld.example"]
        )
    files = sorted((tmp_path / "mail").glob("*.eml"))
    assert len(files) == 2
    found = [email.message_from_bytes(file.read_bytes()) for file in files]
    assert {message["Subject"] for message in found} == {"Onderwerp 0", "Onderwerp 1"}
    assert found[0].get_payload(decode=True).decode().strip() == "Één tekst."
