"""Everything a template needs, under one name: ``{% load rakortek %}``."""

from django import template

from proposals.templatetags import figures, marks, schedule, shares

register = template.Library()
for part in (figures.register, marks.register, schedule.register, shares.register):
    register.tags.update(part.tags)
    register.filters.update(part.filters)
