"""The files of this addon, each after those that it refers to."""

from . import school_files as school
from . import student_files as students

FILES = (
    school.TERMS,
    school.DEPARTMENTS,
    school.PROGRAMS,
    school.FRAMEWORKS,
    school.FRAMEWORK_AREAS,
    school.FRAMEWORK_COURSES,
    school.COURSE_EQUIVALENTS,
    school.FLEXIBLE_RULES,
    students.STUDENTS,
    students.STUDENT_TERMS,
    students.ENROLLMENTS,
    students.RECOGNITIONS,
)
