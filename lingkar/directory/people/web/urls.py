"""Addresses of sign-in and of people. allauth's own list is not included: what is not named here does not exist."""

from django.conf import settings
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from lingkar.directory.people.access import Action
from lingkar.directory.people.web import (
    delegations,
    demo,
    grants,
    invitations,
    own,
    paths,
    records,
    register,
    rights,
    sign_in,
    transfers,
    unit_panel,
)
from lingkar.foundation.access.web import route

paths.register()

# Named as allauth asks for them.
sign_in_routes: list[URLPattern | URLResolver] = [
    route("akun/masuk/", sign_in.sign_in, name="account_login", public=True),
    route("akun/masuk/kunci/", sign_in.passkey_sign_in, name="mfa_login_webauthn", public=True),
    route("akun/masuk/langkah-kedua/", sign_in.second_step, name="mfa_authenticate", public=True),
    route("akun/keluar/", sign_in.sign_out, name="account_logout", public=True),
    route("akun/lupa/", sign_in.ask_link, name="account_reset_password", public=True),
    route("akun/lupa/terkirim/", sign_in.link_sent, name="account_reset_password_done", public=True),
    route(
        "akun/kata-sandi/<account_key:uidb36>-<str:key>/",
        sign_in.set_password,
        name="account_reset_password_from_key",
        public=True,
    ),
    route(
        "akun/kata-sandi/tersimpan/", sign_in.password_saved, name="account_reset_password_from_key_done", public=True
    ),
    route("akun/kata-sandi/", sign_in.change_password, name="account_change_password", signed_in=True),
    route("akun/pastikan/", sign_in.password_again, name="account_reauthenticate", signed_in=True),
    route("akun/pastikan/kode/", sign_in.code_again, name="mfa_reauthenticate", signed_in=True),
    route("akun/pastikan/kunci/", sign_in.passkey_again, name="mfa_reauthenticate_webauthn", signed_in=True),
    route("akun/keamanan/", sign_in.security, name="mfa_index", signed_in=True),
    route("akun/keamanan/aplikasi/", sign_in.set_up_app, name="mfa_activate_totp", signed_in=True),
    route("akun/keamanan/aplikasi/hapus/", sign_in.remove_app, name="mfa_deactivate_totp", signed_in=True),
    route("akun/keamanan/kode/", sign_in.view_codes, name="mfa_view_recovery_codes", signed_in=True),
    route("akun/keamanan/kode/baru/", sign_in.renew_codes, name="mfa_generate_recovery_codes", signed_in=True),
    route("akun/keamanan/kode/unduh/", sign_in.download_codes, name="mfa_download_recovery_codes", signed_in=True),
    route("akun/keamanan/kunci/", sign_in.passkeys, name="mfa_list_webauthn", signed_in=True),
    route("akun/keamanan/kunci/tambah/", sign_in.add_passkey, name="mfa_add_webauthn", signed_in=True),
    route("akun/keamanan/kunci/<int:pk>/", sign_in.rename_passkey, name="mfa_edit_webauthn", signed_in=True),
    route("akun/keamanan/kunci/<int:pk>/hapus/", sign_in.remove_passkey, name="mfa_remove_webauthn", signed_in=True),
    route("akun/perangkat/", own.devices, name="usersessions_list", signed_in=True),
]

own_routes: list[URLPattern | URLResolver] = [
    route("akun/saya/", own.me, name="me", signed_in=True),
    route("akun/saya/data/", rights.mine, name="mine", signed_in=True),
    route("akun/saya/data.json", rights.mine_json, name="my_data", signed_in=True),
    route("akun/saya/data.xlsx", rights.mine_xlsx, name="my_data_sheet", signed_in=True),
    route("akun/saya/perbaikan/", rights.ask, name="ask_correction", signed_in=True),
    route("akun/delegasi/", delegations.listed, name="delegations", signed_in=True),
    route("akun/delegasi/baru/", delegations.offer_one, name="delegation", signed_in=True),
    route("akun/delegasi/<uuid:delegation>/jawab/", delegations.answer, name="answer_delegation", signed_in=True),
    route("akun/delegasi/<uuid:delegation>/akhiri/", delegations.end, name="end_delegation", signed_in=True),
    route("akun/perangkat/lain/akhiri/", own.end_others, name="end_others", signed_in=True),
    route("akun/perangkat/<int:pk>/akhiri/", own.end_device, name="end_device", signed_in=True),
    route("pengaturan/hak-akses/", grants.listed, name="grants", needs=Action.GRANT),
    route("pengaturan/hak-akses/beri/", grants.give, name="give", needs=Action.GRANT),
    route("pengaturan/hak-akses/<uuid:pk>/akhiri/", grants.end, name="end", needs=Action.GRANT),
    route("pengaturan/hak-akses/<uuid:pk>/putuskan/", grants.decide, name="decide_grant", needs=Action.GRANT),
    route("pengaturan/akun/buka/", grants.open_account, name="open", needs=Action.GRANT),
    route("pengaturan/akun/<uuid:pk>/", grants.account, name="account", needs=Action.GRANT),
    route("pengaturan/akun/<uuid:pk>/undang/", grants.invite, name="invite", needs=Action.GRANT),
    route(
        "pengaturan/akun/<uuid:pk>/langkah-kedua/hapus/", grants.reset_factors, name="reset_factors", needs=Action.GRANT
    ),
    route("pengaturan/akun/<uuid:pk>/tutup/", grants.close_account, name="close", needs=Action.GRANT),
    route("pengaturan/akun/<uuid:pk>/buka-lagi/", grants.reopen_account, name="reopen", needs=Action.GRANT),
]

register_routes: list[URLPattern | URLResolver] = [
    route("pegawai/", register.listed, name="people", signed_in=True),
    route("pegawai/tambah/", records.add, name="add", needs=Action.RECORDS),
    route("pegawai/undang/", invitations.begin, name="invitations", needs=Action.INVITE),
    route("pegawai/undang/<uuid:invitations>/", invitations.progress, name="invitation_round", needs=Action.INVITE),
    route("pegawai/pindahan/", transfers.listed, name="transfers", needs=Action.RECORDS),
    route("pegawai/pindahan/<uuid:transfer>/ambil/", transfers.take, name="take", needs=Action.RECORDS),
    route("pegawai/pindahan/<uuid:transfer>/tarik/", transfers.withdraw, name="withdraw", needs=Action.RECORDS),
    route("pegawai/<uuid:person>/serahkan/", transfers.release, name="release", needs=Action.RECORDS),
    route("pegawai/perbaikan/", rights.corrections, name="corrections", needs=Action.RECORDS),
    route("pegawai/perbaikan/<uuid:correction>/", rights.correction, name="correction", needs=Action.RECORDS),
    route("pegawai/penghapusan/", rights.erasures, name="erasures", needs=Action.RECORDS),
    route("pegawai/penghapusan/<uuid:erasure>/", rights.decide, name="decide_erasure", needs=Action.RECORDS),
    route("pegawai/<uuid:person>/hapus/", rights.erase, name="erase", needs=Action.RECORDS),
    route("pegawai/<uuid:person>/", register.person, name="person", signed_in=True),
    route("pegawai/<uuid:person>/ubah/", records.edit, name="edit", needs=Action.RECORDS),
    route("pegawai/<uuid:person>/pindah/", records.move, name="move", needs=Action.RECORDS),
    route(
        "pegawai/<uuid:person>/penempatan/<uuid:placement>/akhiri/",
        records.end_placement,
        name="end_placement",
        needs=Action.RECORDS,
    ),
    route("pegawai/<uuid:person>/akun/", records.account, name="link_account", needs=Action.ACCOUNT),
    route("unit/<uuid:unit>/pegawai/", unit_panel.in_unit, name="in_unit", signed_in=True),
    route("jabatan/<uuid:position>/pegawai/", unit_panel.in_position, name="in_position", signed_in=True),
    route("pegawai/<uuid:person>/status/", records.status, name="status", needs=Action.RECORDS),
]

demo_routes: list[URLPattern | URLResolver] = [
    route("demo/masuk/", demo.sign_in, name="demo", public=True),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *sign_in_routes,
    path("", include(([*own_routes, *register_routes, *(demo_routes if settings.DEMO else [])], "people"))),
]
