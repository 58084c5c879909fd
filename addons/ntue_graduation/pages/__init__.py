"""What pages show, as plain functions: an application or a student in, values out.

A page asks for its values here, and its template draws them; a model's computed fields ask
here too. Nothing here is written but a student's draft (``draft``) and its submission
(``check``), and nothing decides: what is met is the engine's answer, what may be done that of
``workflow``.

=================  =================================================================
``form``           the student's form: courses, ticks, limits
``ticks``          what may be ticked, what not and why, and what it comes to
``draft``          saving the form, and the tokens of what its page showed
``check``          check your answers, then submit
``applications``   the student's list, and the first question: may I apply?
``conditions``     every condition of an application, with its evidence
``offices``        whom a student asks, and where papers are handed in
``verdict``        the first line: what keeps from sending, what only delays, and when one may
``in_work``        which application is meant where none is named
``steps``          where an application is on its way
``next_steps``     what now: what is asked of the student, for every place that says it
``standing``       how a student stands in an application, for every place that says it
``home``           the student's first page: applications and what is asked
``teacher_ed``     the question to students of teacher education
``profile``        what of the profile differs from what was submitted
``timeline``       the log in plain words
``review``         what was submitted, compared with today
``certainty``      how sure it is while grades are pending
``mapping``        where a course from elsewhere can count, and what that changes
``final_result``   the graduation average and the rank in class
``desk``           the figures and findings that reviewers sort by
``deferral``       what a student reads about deferral
``notice``         what the notice says today, and whom it concerns
``guide``          how to apply, step by step with pictures
=================  =================================================================
"""
