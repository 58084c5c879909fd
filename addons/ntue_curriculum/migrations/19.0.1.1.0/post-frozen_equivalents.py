"""Frameworks that were published before keep the equivalents that hold at the upgrade."""


def migrate(cr, _version):
    cr.execute(
        "UPDATE ntue_curriculum SET frozen_equivalents = ("
        " SELECT COALESCE(jsonb_agg(jsonb_build_array(course_id, equivalent_id)"
        " ORDER BY course_id, equivalent_id), '[]')"
        " FROM ntue_course_equivalent_rel)"
        " WHERE state <> 'draft' AND frozen_equivalents IS NULL"
    )
