from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "lingkar.site"
    label = "site"

    def ready(self) -> None:
        """The demo's login switch shows people without a role, too; elsewhere nobody has these addresses."""
        from lingkar.directory.people.queries import show_login
        from lingkar.site.demo.city import LOGINS

        for row in LOGINS:
            if not row.role:
                show_login(row.email, row.title)
