"""The whole circle on a running installation, by the hands of eight kinds of people.

A report → its proven answer → why it arose → the need → the plan → a cohort → session, lesson, quiz, logbook → the
mentor's word → the project → the meeting → a certificate that everybody can check. On the way the phone of the
participant has no network three times, and the web server is killed while answers wait on it: nothing is lost, nothing
is doubled. What counts is asked of the database.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESK, PHONE, Window, cut_network, overflow
from tests.installation import Installation, prepared_home, until
from tests.journeys.walking import pass_minutes, picture, press, put, submit

pytestmark = [pytest.mark.browser, pytest.mark.long]
STORY = "Mengurus KTP disuruh pulang karena fotokopi kurang, padahal di daftar syarat tidak ada. Petugas beda-beda."
NOTE = "Warga menunggu dua jam karena tiap loket meminta syarat yang berbeda."
NADIA = "199903152025042006"
PEOPLE = {
    # what they do: the button of the demo, their NIP
    "officer": ("Pejabat penghubung", ""),
    "manager": ("Atasan", "197407192000032002"),
    "office": ("Admin pelatihan", ""),
    "trainer": ("Pengelola kepegawaian", "198810042011011003"),
    "participant": ("Peserta PKTBT", NADIA),
    "mentor": ("Mentor PKTBT", "197605182001122003"),
    "leader": ("Pimpinan", ""),
}
COHORT = "pktbt-lingkar"
ONE = f"/pelatihan/{COHORT}/"
PATIENCE = 30_000
"""Milliseconds for what a killed server or a job may take on a slow machine."""


@pytest.fixture
def installation() -> Iterator[Installation]:
    found = Installation()
    prepared_home(found.home)
    found.start()
    yield found
    found.remove()


@pytest.fixture
def site(installation: Installation) -> str:
    """The address of the installation, for ``window``."""
    return f"http://127.0.0.1:{installation.port}"


@pytest.fixture
def people(window: Window) -> Callable[[str], Page]:
    """``people("officer")``: somebody's window, signed in, opened when first asked for."""
    opened: dict[str, Page] = {}

    def enter(who: str) -> Page:
        if who not in opened:
            page = opened[who] = window(PHONE if who in ("citizen", "participant") else DESK)
            page.set_default_timeout(PATIENCE)
            if who in PEOPLE:
                page.goto("/demo/masuk/")
                page.locator(f'button[aria-label*="{PEOPLE[who][0]}"]').click()
                page.wait_for_url(lambda url: "/demo/" not in url)
        return opened[who]

    return enter


def test_the_circle_is_walked(installation: Installation, people: Callable[[str], Page]) -> None:
    told = Circle(installation, people)
    told.a_citizen_reports_and_is_answered()
    told.the_cause_becomes_a_need_and_a_plan()
    told.a_cohort_begins()
    told.a_session_is_attended()
    told.a_lesson_goes_on_without_network()
    told.a_quiz_outlives_the_server()
    told.the_logbook_goes_on_without_network()
    told.a_project_is_carried_out_and_judged()
    told.the_meeting_decides_and_everybody_can_check()
    told.what_was_learned_is_told()
    told.nothing_is_lost_nothing_is_doubled()
    installation.sql("DELETE FROM exams_answer WHERE number = 3")
    with pytest.raises(AssertionError):
        told.nothing_is_lost_nothing_is_doubled()


class Circle:
    """One walk, in the order in which it happens."""

    def __init__(self, installation: Installation, people: Callable[[str], Page]) -> None:
        self.installation, self.people = installation, people
        self.answered = 0

    def one(self, query: str, *values: object) -> object:
        rows = self.installation.sql(query, *values)
        assert len(rows) == 1, f"{len(rows)} rows: {query}"
        return rows[0][0]

    # listen

    def a_citizen_reports_and_is_answered(self) -> None:
        citizen, officer = self.people("citizen"), self.people("officer")
        citizen.goto("/lapor/")
        citizen.get_by_label("Apa yang terjadi?").fill(STORY)
        press(citizen, "Lanjutkan")
        citizen.get_by_label("Kelurahan atau desa").select_option(index=1)
        press(citizen, "Lanjutkan")
        press(citizen, "Kirim laporan")
        citizen.wait_for_url(re.compile("/terima/$"))
        code = citizen.locator("#kode").inner_text()
        report = self.one("SELECT id FROM reports_report WHERE text = %s", STORY)
        officer.goto(f"/petugas/kasus/{report}/")
        press(officer, "Terima dan kerjakan")
        if officer.get_by_role("button", name="Selesaikan dengan bukti ini").is_hidden():
            officer.get_by_text("Selesaikan dengan bukti", exact=True).click()
        officer.get_by_label("Apa yang sudah dikerjakan").fill("Daftar syarat yang sama kini ditempel di tiap loket.")
        officer.get_by_label("Bukti").set_input_files([picture("loket.jpg")])
        press(officer, "Selesaikan dengan bukti ini")
        expect(officer.get_by_text("Selesai dengan bukti. Sekarang giliran pelapor.")).to_be_visible(timeout=PATIENCE)
        citizen.goto("/lacak/")
        citizen.get_by_label("Kode").fill(code)
        press(citizen, "Tampilkan laporan")
        expect(citizen.get_by_text("Daftar syarat yang sama kini ditempel di tiap loket.")).to_be_visible()
        officer.goto(f"/petugas/kasus/{report}/akar-masalah/")
        put(officer, kind="knowledge", competency="public_service", note="Syarat tidak dihafal sama.")
        submit(officer, "/akar-masalah/")
        assert self.one("SELECT kind FROM causes_cause WHERE report_id = %s", report) == "knowledge"

    # loop

    def the_cause_becomes_a_need_and_a_plan(self) -> None:
        manager, office = self.people("manager"), self.people("office")
        manager.goto("/kompetensi/tim/?q=Nadia")
        manager.get_by_role("link", name="Nadia Safitri").click()
        manager.locator("summary", has_text=re.compile("Nilai|nilai")).first.click()
        put(manager, public_service="1")
        submit(manager, "/")
        office.goto("/kebutuhan/")
        submit(office, "/kebutuhan/hitung/")
        expect(office.get_by_role("heading", level=1)).to_be_visible()
        latest = self.one("SELECT max(year) FROM planning_plan")  # the city has plans already: this is the next year's
        year = max(int(str(latest or 0)), int(office.evaluate("new Date().getFullYear()"))) + 1
        office.goto("/rencana/baru/")
        put(office, year=str(year))
        submit(office, "")
        office.goto(f"/rencana/{year}/kegiatan/baru/")
        put(office, title="PKTBT pelayanan kependudukan", competency="public_service", level="3", least="1", most="12",
            jp="30", cost="0", first=f"{year}-03-02", last=f"{year}-03-05")  # fmt: skip
        submit(office, "")
        office.goto(f"/rencana/{year}/")
        submit(office, "/susun/")
        until(
            lambda: self.one(
                "SELECT solved_at IS NOT NULL AND asked_at IS NULL FROM planning_plan WHERE year = %s", year
            ),
            within=120,
        )
        office.goto(f"/rencana/{year}/")
        submit(office, "/setujui/")

    # grow

    def a_cohort_begins(self) -> None:
        """Prepared by the office: two subjects, one participant, duties; then it runs."""
        office = self.people("office")
        today = office.evaluate("new Date().toLocaleDateString('sv')")
        office.goto("/pelatihan/baru/")
        put(office, type="pktbt", code=COHORT, title="PKTBT Lingkar", seats="52", first_day=today, last_day=today)
        submit(office, "")
        office.wait_for_url(f"**{ONE}")
        put(office, part="administrative", title="Tata naskah dinas", jp="6")
        submit(office, "", holding="jp")
        unit = str(self.one(UNIT, "dukcapil"))
        put(office, part="substantive", title="Pelayanan prima di loket", jp="24", unit=unit,
            course="pelayanan-prima", quiz="kuis-pktbt")  # fmt: skip
        submit(office, "", holding="jp")
        submit(office, "/lanjut/")
        office.goto(f"{ONE}peserta/")
        put(office, nip=NADIA)
        submit(office, "/tambah/")
        for who, kind in (("mentor", "mentor"), ("trainer", "trainer"), ("trainer", "coach"), ("manager", "examiner")):
            office.goto(f"{ONE}tugas/")
            put(office, nip=PEOPLE[who][1], kind=kind)
            submit(office, "", holding="nip")
        office.goto(ONE)
        submit(office, "/lanjut/")
        assert self.one("SELECT state FROM programmes_cohort WHERE code = %s", COHORT) == "running"

        assert self.installation.sql(ENROLLED, NADIA), "a cohort takes its people along to the courses of its subjects"

    def a_session_is_attended(self) -> None:
        office, trainer, participant = (self.people(who) for who in ("office", "trainer", "participant"))
        office.goto(f"{ONE}jadwal/")
        now = office.evaluate("(d => [d.toLocaleDateString('sv'), d.getHours()])(new Date())")
        put(office, day=now[0], start=f"{max(now[1] - 1, 0):02}:00", end=f"{min(now[1] + 2, 23):02}:59",
            trainer=PEOPLE["trainer"][1], room="Aula")  # fmt: skip
        submit(office, "", holding="room")
        session = self.one(
            "SELECT s.id FROM programmes_session s JOIN programmes_cohort c ON c.id = s.cohort_id WHERE c.code = %s",
            COHORT,
        )
        trainer.goto(f"/mengajar/sesi/{session}/layar/")
        code = re.search(r"\b([A-Z0-9]{3}) ([A-Z0-9]{3})\b", trainer.locator("main").inner_text())
        assert code
        trainer.goto("/mengajar/")
        participant.goto("/hadir/")
        put(participant, code=f"{code[1]}{code[2]}".lower())
        submit(participant, "", holding="code")
        expect(participant.get_by_text(re.compile("tersimpan, pukul"))).to_be_visible()

    def a_lesson_goes_on_without_network(self) -> None:
        page = self.people("participant")
        page.clock.install()
        page.goto("/belajar/pelayanan-prima/1/")
        cut_network(page)
        page.locator("input[type=radio]").first.check()
        press(page, "Periksa jawaban")
        expect(page.get_by_text("Tersimpan di HP. Terkirim sendiri begitu ada jaringan.")).to_be_visible()
        assert not self.installation.sql(LESSON, NADIA)
        pass_minutes(page)
        cut_network(page, cut=False)
        page.evaluate("dispatchEvent(new Event('online'))")
        until(lambda: self.installation.sql(LESSON, NADIA), what="the answer of the lesson came")

    def a_quiz_outlives_the_server(self) -> None:
        """Answers wait on the phone, the network comes back, and there is no server: they arrive when it is up."""
        page, parts = self.people("participant"), self.installation
        page.goto("/ujian/kuis-pktbt/")
        with page.expect_response(re.compile("/naskah/")):
            page.get_by_role("button", name=re.compile("Mulai sekarang")).click()
        page.locator("input[type=radio]").first.check()
        until(lambda: len(parts.sql(ANSWERS, NADIA)) == 1, what="the first answer is committed")
        cut_network(page)
        for number in range(2, 7):
            page.get_by_role("button", name="Soal berikutnya").click()
            expect(page.get_by_role("heading", level=1)).to_contain_text(f"Soal {number} dari ")
            page.locator("input[type=radio]").nth(1).check()
        self.answered = 6
        assert len(parts.sql(ANSWERS, NADIA)) == 1
        killed = parts.part("web")
        assert killed
        for process in [*killed.children(), killed]:
            process.kill()
        cut_network(page, cut=False)
        page.evaluate("dispatchEvent(new Event('online'))")
        until(lambda: (parts.part("web") or killed).pid != killed.pid, what="the web server is started again")
        parts.wait_until_well()
        pass_minutes(page)
        page.evaluate("dispatchEvent(new Event('online'))")
        until(lambda: len(parts.sql(ANSWERS, NADIA)) == self.answered, what="all answers came")
        page.get_by_role("link", name="Periksa dan kumpulkan").first.click()
        page.get_by_role("button", name=re.compile("^Kumpulkan")).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Nilai Anda:")

    def the_logbook_goes_on_without_network(self) -> None:
        page, mentor = self.people("participant"), self.people("mentor")
        participant = self.participant
        page.goto(f"/lapangan/{participant}/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        cut_network(page)
        page.get_by_label("Apa yang Anda lihat dan pelajari hari ini?").fill(NOTE)
        press(page, "Simpan catatan")
        expect(page.get_by_text("Tersimpan di HP, menunggu sinyal")).to_be_visible()
        assert not self.installation.sql("SELECT 1 FROM fieldwork_logentry WHERE words = %s", NOTE)
        pass_minutes(page)
        cut_network(page, cut=False)
        page.evaluate("dispatchEvent(new Event('online'))")
        until(lambda: self.installation.sql("SELECT 1 FROM fieldwork_logentry WHERE words = %s", NOTE))
        entry = self.one("SELECT id FROM fieldwork_logentry WHERE words = %s", NOTE)
        mentor.goto("/bimbingan/")
        mentor.goto(f"/bimbingan/{entry}/")
        put(mentor, words="Bagus. Hitung berapa warga yang disuruh pulang dalam sehari.")
        submit(mentor, "", holding="words")
        page.goto(f"/lapangan/{participant}/")
        expect(page.get_by_text("Hitung berapa warga")).to_be_visible()

    @property
    def participant(self) -> object:
        return self.one(
            "SELECT p.id FROM programmes_participant p JOIN programmes_cohort c ON c.id = p.cohort_id"
            " JOIN people_person n ON n.id = p.person_id WHERE c.code = %s AND n.nip = %s",
            COHORT,
            NADIA,
        )

    # act

    def a_project_is_carried_out_and_judged(self) -> None:
        page, mentor = self.people("participant"), self.people("mentor")
        page.goto(f"/lapangan/{self.participant}/")
        submit(page, "/proyek/")
        page.wait_for_url(re.compile(r"/proyek/[0-9a-f-]{36}/"))
        address = re.sub(r"tulis/$", "", page.evaluate("location.pathname"))
        page.goto(f"{address}tulis/")
        today = page.evaluate("new Date().toLocaleDateString('sv')")
        put(page, title="Satu lembar syarat", issue="Syarat berbeda di tiap loket.", idea="Satu lembar di semua loket.",
            step_1="Tempel lembar syarat", due_1=today)  # fmt: skip
        submit(page, "", holding="title")
        page.goto(address)
        submit(page, "/ajukan/")
        mentor.goto(address)
        submit(mentor, "/setujui/")
        page.goto(address)
        page.locator('a[href*="/proyek/langkah/"]').first.click()
        put(page, note="Ditempel di lima loket.")
        page.locator("main input[type=file]").set_input_files([picture("lembar.jpg")])
        submit(page, "", holding="note")
        page.goto(address)
        put(page, result="Dalam tiga hari tidak ada warga yang disuruh pulang.")
        submit(page, "/laporkan/")
        for who, part in (("mentor", "mentor"), ("trainer", "coach"), ("manager", "examiner")):
            judge = self.people(who)
            judge.goto(f"{address}nilai/{part}/")
            for field in judge.locator("main form input[inputmode=decimal]").all():
                field.fill("90")
            put(judge, words="Sederhana dan terbukti.")
            submit(judge, "", holding="words")
        for who, component in (("mentor", "field"), ("trainer", "attitude")):
            guide = self.people(who)
            guide.goto(f"/peserta/{self.participant}/")
            put(guide, **{component: "88"})
            submit(guide, "", holding=component)

    def the_meeting_decides_and_everybody_can_check(self) -> None:
        office, page, citizen = self.people("office"), self.people("participant"), self.people("citizen")
        office.goto(f"{ONE}rapat/")
        put(office, chair="Kepala BKPSDM")
        submit(office, "", holding="chair")
        assert self.one("SELECT standing FROM programmes_participant WHERE id = %s", self.participant) == "passed"
        found = self.one(
            "SELECT c.code FROM credentials_certificate c JOIN people_person p ON p.id = c.person_id"
            " WHERE p.nip = %s AND c.title = 'PKTBT Lingkar'",
            NADIA,
        )
        page.goto("/sertifikat-saya/")
        expect(page.get_by_text("PKTBT Lingkar").first).to_be_visible()
        page.goto("/jp/")
        expect(page.get_by_text("PKTBT Lingkar").first).to_be_visible()
        citizen.goto(f"/sertifikat/{found}/")
        expect(citizen.locator("main")).to_contain_text("Nadia Safitri")

    def what_was_learned_is_told(self) -> None:
        """To the office on the board, to citizens on the page of the service, to the leader on one page."""
        for who, address in (
            ("office", "/lingkar/"),
            ("citizen", "/layanan/ktp-el/lingkar/"),
            ("citizen", "/skm/ktp-el/"),
            ("leader", "/pimpinan/"),
        ):
            page = self.people(who)
            answer = page.goto(address)
            assert answer
            assert answer.ok, address
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            assert overflow(page) == 0

    # what counts

    def nothing_is_lost_nothing_is_doubled(self) -> None:
        assert self.one("SELECT count(*) FROM reports_report WHERE text = %s", STORY) == 1
        assert self.one("SELECT count(*) FROM fieldwork_logentry WHERE words = %s", NOTE) == 1
        assert len(self.installation.sql(LESSON, NADIA)) == 1
        answers = self.installation.sql(ANSWERS, NADIA)
        assert [number for number, _seq in answers] == list(range(1, self.answered + 1))


UNIT = (
    "SELECT u.id FROM orgs_unit u JOIN tenancy_agency a ON a.id = u.agency_id"
    " WHERE u.code = %s AND a.code = 'teluk-kawung'"
)
LESSON = (
    "SELECT a.id FROM courses_checkanswer a JOIN people_person p ON p.id = a.person_id JOIN courses_lesson l"
    " ON l.id = a.lesson_id JOIN courses_course c ON c.id = l.course_id"
    " WHERE p.nip = %s AND l.number = 1 AND c.code = 'pelayanan-prima'"
)
ENROLLED = (
    "SELECT e.id FROM courses_enrolment e JOIN people_person p ON p.id = e.person_id JOIN courses_course c"
    " ON c.id = e.course_id WHERE p.nip = %s AND c.code = 'pelayanan-prima'"
)
ANSWERS = (
    "SELECT a.number, a.seq FROM exams_answer a JOIN exams_attempt t ON t.id = a.attempt_id"
    " JOIN people_person p ON p.id = t.person_id WHERE p.nip = %s ORDER BY a.number"
)
