"""Papers as a person reads them: made by the report, opened, and their text taken out."""

import io
import unicodedata

from pypdf import PdfReader


def plain(text):
    """As a person reads a PDF: compatibility characters brought home, blanks left out."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def paper_of(user, report, records):
    """The text of the PDF that ``user`` gets; under tests Odoo makes none over HTTP."""
    records.env.flush_all()
    records.env.invalidate_all()
    printer = records.env["ir.actions.report"].with_user(user)
    content, _kind = printer.with_context(force_report_rendering=True)._render_qweb_pdf(
        report, records.ids
    )
    return plain("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))
