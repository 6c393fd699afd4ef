"""Background work: tasks of django-tasks and the periodic jobs of portal/schedule.py."""
