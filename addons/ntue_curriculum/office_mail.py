"""Mails of the office that are no message of any record: one way out, in the office's name."""

from odoo.tools import email_normalize


def language_of(env, contact):
    """The language to write to ``contact`` in: theirs where it is installed, else the papers'.

    Never that of the person, or the job, that makes the mail.
    """
    lang = env["res.lang"]._get_data(code=contact.sudo().lang or "").code
    return lang or env["ntue.student"]._paper_language()


def queue_mail(env, subject, body, email, reply_to=None, papers=(), *, private=False):
    """Put a mail of its own into the queue; it is gone when it is sent.

    It comes from the office (a setting), and answers go to ``reply_to`` or there. Subject and
    body are in the receiver's language already: the caller knows who that is. ``papers``: PDF
    files to enclose, content by name; they go with the mail. ``private``: about a draft, so that
    staff learn of it not even when it fails (I9).
    """
    enclosed = [
        {
            "name": name,
            "raw": content,
            "mimetype": "application/pdf",
            "res_model": "mail.message",
            "res_id": 0,
        }
        for name, content in dict(papers).items()
    ]
    students = env["ntue.student"]
    sender = students._office_sender()
    env["mail.mail"].sudo().create(
        {
            "subject": subject,
            "body_html": body,
            "body": False,
            "email_to": email,
            "email_from": sender,
            "reply_to": reply_to if email_normalize(reply_to or "") else sender,
            "author_id": students._office_author().id,
            "message_type": "email_outgoing",
            "model": False,
            "res_id": False,
            "record_name": False,
            "recipient_ids": False,
            "partner_ids": False,
            "attachment_ids": [(0, 0, paper) for paper in enclosed],
            "auto_delete": True,
            "ntue_private": private,
            "state": "outgoing",
        }
    )
