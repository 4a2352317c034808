"""Who may do what at the desk, as groups."""

from django.contrib.auth.models import Group, Permission

#: From the least to the most; an admin is a superuser too.
ROLES = ("contributor", "editor", "chief", "admin")


def make_roles() -> None:
    """Make the roles that are missing; each may enter the desk."""
    enter = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for role in ROLES:
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.add(enter)
