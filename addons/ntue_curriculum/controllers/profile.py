import base64

from odoo.http import content_disposition, request, route

from .. import english_name as english
from ..models.student.student_writing import TYPED
from ..romanised import suggestion
from ..uploads import PIXELS
from .portal import CurriculumPortal


def _most_bytes(_controller):
    """A file that is somewhat too large is still taken in, so that the page can say so."""
    return request.env["ntue.passport.copy"]._most_request_bytes()


SENT_BACK = 300
"""Characters of a field that a page with errors repeats."""


class ProfilePortal(CurriculumPortal):
    """學生基本資料: what a student keeps up to date (32, D5, D6, D9)."""

    @route(
        ["/my/profile"],
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
        ntue_files=("passport_copy",),
        max_content_length=_most_bytes,
    )
    def profile(self, **post):
        """The page; a post that saved sends the browser back to it."""
        values = self._prepare_portal_layout_values()
        values["page_name"] = "ntue_profile"
        student = values["ntue_student"]
        if not student:
            return request.render("ntue_curriculum.portal_no_student", values)
        values.update(self._profile_values(student))
        back = self._ways_back(student).get(post.get("back"))
        values.update(back=back, back_token=back and post["back"])
        if request.httprequest.method == "POST":
            if post.get("action") == "delete_copy":
                student.passport_copy_ids.unlink()
                return request.redirect("/my/profile?saved=copy_deleted")
            if post.get("action") == "send_link":
                sent = student._ask_about_account_email()
                return request.redirect(f"/my/profile?saved=link_{'sent' if sent else 'not_sent'}")
            if post.get("action") == "suggest":
                return self._render_suggested(post, values)
            errors = self._save(student, post, values)
            if not errors:
                saved = self._saved_address(student, values["profile"])
                return request.redirect(back["address"] if back else saved)
            values["errors"] = errors
        else:
            values["saved"] = post.get("saved")
            values["saved_as"] = self._saved_as(student, post.get("as", ""))
        return request.render("ntue_curriculum.portal_profile", values)

    def _render_suggested(self, post, values):
        """The page as it was filled in, with the suggestion in its field; nothing is saved (D8)."""
        typed = {key: post.get(key, "").strip() for key in TYPED}
        values["profile"] = {**typed, "english_name": values["suggested_name"]}
        values.update(use_alias=post.get("use_alias") == "1", suggestion_taken=True)
        return request.render("ntue_curriculum.portal_profile", values)

    def _ways_back(self, _student):
        """Pages that may be returned to after saving: address and name, by the token that asks.

        Tokens, so that no address of anyone who made the link is ever followed.
        """
        return {}

    def _profile_values(self, student):
        copy = student.passport_copy_ids
        return {
            "profile": {key: student[key] or "" for key in TYPED},
            "use_alias": bool(student.alias_name or copy),
            "passport_copy": copy,
            "copy_hint": copy._hint(),
            "copy_sentence": copy._sentence() if copy else "",
            "max_mb": copy._max_mb(),
            "max_pixels": min(PIXELS.values()),
            "history": student._profile_history(),
            "pending_email": student._pending_account_email(),
            "name_pattern": english.PATTERN,
            "name_length": english.MAX_LENGTH,
            "errors": {},
            "saved": None,
            "saved_as": [],
            "file_again": False,
            "suggested_name": "" if student.english_name else suggestion(student.name),
            "suggestion_taken": False,
            "email_asked": "",
        }

    def _save(self, student, post, values):
        """Save what was sent; the problems by field, with ``values`` showing what was typed."""
        values["profile"] = {key: post.get(key, "").strip() for key in TYPED}
        values["use_alias"] = post.get("use_alias") == "1"
        file = request.httprequest.files.get("passport_copy")
        # One byte more than may be says that it is too large; no more is ever read.
        content = file.read(values["passport_copy"]._max_bytes() + 1) if file else b""
        typed = values["profile"]
        errors = self._email_question(student, post, values)
        errors = errors or student._save_profile(typed, values["use_alias"], content)
        values["file_again"] = bool(errors and content)
        # The page need not send back what is far too long for it.
        values["profile"] = {key: text[:SENT_BACK] for key, text in typed.items()}
        return errors

    def _email_question(self, student, post, values):
        """Ask about an address that looks like a slip of the hand; a tick answers (D7)."""
        typed = values["profile"]["email"]
        if student._length_problem("email", typed) or post.get("email_is_right") == typed:
            return {}
        meant = student._email_question(typed)
        if not meant:
            return {}
        values["email_asked"] = typed
        sentence = request.env._(
            "Did you mean %s? Correct it, or tick below that it is right as it stands.", meant
        )
        return {"email": sentence}

    def _saved_address(self, student, typed):
        """Where a browser goes after saving; it names the fields that were put in order."""
        tidied = [
            key for key in TYPED if typed[key] and student[key] and student[key] != typed[key]
        ]
        return f"/my/profile?saved=1&as={','.join(tidied)}"

    def _saved_as(self, student, names):
        """Label and kept value of the fields that ``names`` lists (D8)."""
        labels = student.fields_get(TYPED, ["string"])
        return [
            (labels[key]["string"], student[key])
            for key in TYPED
            if key in names.split(",") and student[key]
        ]

    @route(["/my/profile/export"], type="http", auth="user", website=True)
    def own_export(self, **_query):
        """Everything that is kept about the student, as one file."""
        student = self._prepare_portal_layout_values()["ntue_student"]
        if not student:
            return request.redirect("/my/profile")
        content = student._kept_file()
        headers = [
            ("Content-Type", "application/zip"),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(f"{student.student_no}.zip")),
            ("Cache-Control", "no-store"),
        ]
        return request.make_response(content, headers)

    @route(["/my/profile/passport"], type="http", auth="user", website=True)
    def passport_copy(self, **_query):
        """The student's own passport copy, kept by no cache on the way."""
        copy = self._prepare_portal_layout_values()["ntue_student"].passport_copy_ids
        if not copy:
            return request.redirect("/my/profile")
        content = base64.b64decode(copy.content)
        headers = [
            ("Content-Type", copy.mimetype),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(copy.name, disposition_type="inline")),
            ("Content-Security-Policy", "default-src 'none'"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ]
        return request.make_response(content, headers)
