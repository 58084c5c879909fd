"""The files of this addon, each after those that it refers to."""

from . import counting_files as counting
from . import framework_files as frameworks
from . import milestone_files as milestones
from . import school_files as school
from . import student_files as students

FILES = (
    school.TERMS,
    school.DEPARTMENTS,
    school.PROGRAMS,
    school.COURSES,
    frameworks.FRAMEWORKS,
    frameworks.FRAMEWORK_AREAS,
    frameworks.FRAMEWORK_COURSES,
    frameworks.COURSE_EQUIVALENTS,
    frameworks.FLEXIBLE_RULES,
    counting.COUNTING_RULES,
    milestones.FRAMEWORK_MILESTONES,
    milestones.FRAMEWORK_SOURCES,
    students.STUDENTS,
    students.STUDENT_TERMS,
    students.ENROLLMENTS,
    students.RECOGNITIONS,
    students.STUDENT_WAIVERS,
    milestones.STUDENT_MILESTONES,
    milestones.STUDENT_PROGRAMMES,
)
