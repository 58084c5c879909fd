"""Cases in which a person looks at a page in Chinese: what they read is what is tested."""

from lxml import html
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolHttpCase
from odoo.addons.ntue_graduation.tests.common import Way, window

ADDRESS = "210941001@student.example.com"


def text_of(element):
    """The words of an element as a reader sees them, one blank between its parts."""
    return " ".join(" ".join(element.itertext()).split())


class DeskCase(SchoolHttpCase):
    """Worked student 1, the window of 1141, and both of them in the student's browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.window = window(cls.school)
        cls.student = cls.new_student("210941001", "王大明")
        cls.account = school_of.account_of(cls.student)
        for person in (cls.account, cls.assistant, cls.registrar):
            person.lang = "zh_TW"
        cls.way = Way(cls, cls.student)

    def setUp(self):
        super().setUp()
        self.way = self.way.in_test(self)

    def enrol(self, *row, **values):
        return school_of.enrol(self.school, self.student, *row, **values)

    def enrolment(self, number):
        return school_of.enrolment(self.student, number)

    def page(self, address, account=None):
        """The page at ``address`` as ``account``, by default the student, gets it."""
        self.enter(account or self.account)
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200, address)
        self.assertIn(address.split("?")[0], answer.url, "no redirect")
        self.env.invalidate_all()
        return html.fromstring(answer.content)

    def one(self, tree, query):
        """The only element of ``tree`` that the CSS ``query`` finds."""
        found = tree.cssselect(query)
        self.assertEqual(len(found), 1, query)
        return found[0]

    def words(self, tree, query):
        """The words of every element that ``query`` finds."""
        return [text_of(element) for element in tree.cssselect(query)]

    def see(self, words, tree):
        self.assertIn(words, text_of(tree))

    def see_not(self, words, tree):
        self.assertNotIn(words, text_of(tree))
