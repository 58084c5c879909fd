"""What a field is called, on forms, in filters, exports and the register."""

from odoo.tests import TransactionCase, tagged

OWN = "ntue_"
MANY = ("one2many", "many2many")


def made_of_name(field):
    """The label that Odoo makes of the name of a field that nobody labelled."""
    name = field.name
    for ending in ("_ids", "_id"):
        if name.endswith(ending):
            name = name.removesuffix(ending)
            break
    return name.replace("_", " ").title()


def reads_badly(field):
    """Whether the label is of that kind and no word of the field: “Findings Book”, a bare “Line”
    for many of them. One word that is made so, as “Reason”, is right.
    """
    made = made_of_name(field)
    return field.string == made and (" " in made or field.type in MANY)


@tagged("post_install", "-at_install")
class TestLabels(TransactionCase):
    def test_every_field_has_a_label_that_somebody_wrote(self):
        found = {
            f"{model._name}.{field.name}": field.string
            for model in self.env.registry.values()
            for field in model._fields.values()
            if all(module.startswith(OWN) for module in field._modules)
            and field._modules
            and not field.related
            and reads_badly(field)
        }
        self.assertEqual(found, {})
