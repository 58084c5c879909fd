"""The number that is printed on a slip is kept with its application.

It was read out of what was submitted, which is erased when its time is over; of what is erased
already, the number is the application's with the count of its submissions, as it was made.
"""


def migrate(cr, _version):
    cr.execute(
        """
        UPDATE ntue_graduation_application application
           SET document_number = COALESCE(
                   last.snapshot::json #>> '{document,number}',
                   application.slip_number || '-' || last.submissions
               )
          FROM (
                SELECT DISTINCT ON (application_id) application_id, snapshot,
                       COUNT(*) OVER (PARTITION BY application_id) AS submissions
                  FROM ntue_graduation_event
                 WHERE action = 'submit'
                 ORDER BY application_id, id DESC
               ) last
          JOIN ntue_graduation_application submitted ON submitted.id = last.application_id
          JOIN ntue_student student ON student.id = submitted.student_id
         WHERE last.application_id = application.id AND application.document_number IS NULL
           AND student.identity_erased_on IS NULL
        """
    )
