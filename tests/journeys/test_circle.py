"""The whole circle on a running installation, by the hands of eight kinds of people.

A report → its proven answer and why it arose → the need → the plan → a cohort opened from it → session, lesson, quiz,
logbook → the mentor's word → the project → the meeting → a certificate that everybody can check → the same numbers
wherever the circle is told. On the way the phone of the participant has no network three times for ten minutes, and
the web server is killed while answers wait on it: nothing is lost, nothing is doubled. What counts is asked of the
database.
"""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Window, cut_network, overflow
from tests.installation import Installation, prepared_home, until
from tests.journeys import circle_rows as rows
from tests.journeys.circle_rows import NADIA, POLITE, SERVICE
from tests.journeys.walking import close_case, pass_minutes, picture, press, put, report, submit, unfold, windows_of

pytestmark = [pytest.mark.browser, pytest.mark.long]
STORY = "Kartu keluarga: disuruh pulang karena fotokopi kurang, padahal di papan syarat tidak ada. Petugas beda-beda."
DONE = "Daftar syarat yang sama kini ditempel di tiap loket."
NOTE = "Warga menunggu dua jam karena tiap loket meminta syarat yang berbeda."
PEOPLE = {
    # what they do: the button of the demo, their NIP
    "officer": ("Pejabat penghubung", ""),
    "manager": ("Atasan", "197407192000032002"),
    "office": ("Admin pelatihan", ""),
    "trainer": ("Pengelola kepegawaian", "198810042011011003"),  # a duty, no role; the other trainer teaches now
    "participant": ("Peserta PKTBT", NADIA),
    "mentor": ("Mentor PKTBT", "197605182001122003"),
    "leader": ("Pimpinan", ""),
}
NAME = "Kartu keluarga baru dan perubahan"
PLANT = "from tests.journeys import circle_rows; circle_rows"
COHORT, TITLE, SEATS = "pktbt-lingkar", "PKTBT Lingkar", 12
ONE = f"/pelatihan/{COHORT}/"
TODAY = "new Date().toLocaleDateString('sv')"
QUIZ = {1: 0} | dict.fromkeys(range(2, 7), 1)
"""Question → the place of the choice that the participant taps."""


@pytest.fixture
def installation() -> Iterator[Installation]:
    found = Installation()
    prepared_home(found.home)
    found.start()
    done = found.lingkar("django", "shell", "-c", f"{PLANT}.past()")
    assert done.returncode == 0, done.stderr
    yield found
    found.remove()


@pytest.fixture
def site(installation: Installation) -> str:
    """The address of the installation, for ``window``."""
    return f"http://127.0.0.1:{installation.port}"


@pytest.fixture
def people(window: Window) -> Callable[[str], Page]:
    """``people("officer")``: somebody's window, signed in, opened when first asked for."""
    return windows_of(window, {who: login for who, (login, _nip) in PEOPLE.items()}, phones=("citizen", "participant"))


def test_the_circle_is_walked(installation: Installation, people: Callable[[str], Page]) -> None:
    told = Circle(installation, people)
    told.a_citizen_reports_and_is_answered()
    told.the_cause_becomes_a_need()
    told.the_need_becomes_a_plan()
    told.the_plan_becomes_a_cohort()
    told.what_it_should_change_is_said_before()
    told.a_session_is_attended()
    told.a_lesson_goes_on_without_network()
    told.a_quiz_outlives_the_server()
    told.the_logbook_goes_on_without_network()
    told.a_project_is_carried_out_and_judged()
    told.the_meeting_decides_and_everybody_can_check()
    told.the_same_numbers_stand_everywhere()
    told.nothing_is_lost_nothing_is_doubled()
    installation.sql("DELETE FROM exams_answer WHERE number = 3")
    with pytest.raises(AssertionError):
        told.nothing_is_lost_nothing_is_doubled()


class Circle:
    """One walk, in the order in which it happens."""

    def __init__(self, installation: Installation, people: Callable[[str], Page]) -> None:
        self.installation, self.people = installation, people

    def one(self, query: str, *values: object) -> object:
        found = self.installation.sql(query, *values)
        assert len(found) == 1, f"{len(found)} rows: {query}"
        return found[0][0]

    def all(self, query: str, *values: object) -> list[object]:
        return [row[0] for row in self.installation.sql(query, *values)]

    # listen

    def a_citizen_reports_and_is_answered(self) -> None:
        citizen, officer = self.people("citizen"), self.people("officer")
        code = report(citizen, f"/l/{SERVICE}/", STORY)  # the QR at the counter: the report knows its service
        case = self.one("SELECT id FROM reports_report WHERE text = %s", STORY)
        close_case(officer, f"/petugas/kasus/{case}/", DONE)
        expect(officer.get_by_text("6 dari 6 kasus sebelumnya")).to_be_visible()  # why it arose is asked, and proposed
        put(officer, note="Syarat tidak dihafal sama.")
        submit(officer, "/akar-masalah/")
        assert self.one("SELECT kind FROM causes_cause WHERE report_id = %s", case) == "knowledge"
        citizen.goto("/lacak/")
        citizen.get_by_label("Kode").fill(code)
        press(citizen, "Tampilkan laporan")
        expect(citizen.get_by_text(DONE)).to_be_visible()

    # loop

    def the_cause_becomes_a_need(self) -> None:
        manager, office = self.people("manager"), self.people("office")
        manager.goto("/kompetensi/tim/?q=Nadia")
        manager.get_by_role("link", name="Nadia Safitri").click()
        manager.locator("summary", has_text=re.compile("Nilai|nilai")).first.click()
        put(manager, public_service="0")
        submit(manager, "/")
        office.goto("/kebutuhan/")
        submit(office, "/kebutuhan/hitung/")
        office.get_by_role("link", name=re.compile("Pelayanan publik.*Kartu keluarga")).first.click()
        said = office.locator("main")
        expect(said).to_contain_text(f"{len(rows.SAID) + 1} kasus")  # those of half a year, and the one of today
        expect(said).to_contain_text(STORY[:60])

    def the_need_becomes_a_plan(self) -> None:
        """Into the plan that is made now; nothing else is held then. The leader lets it hold."""
        office, leader = self.people("office"), self.people("leader")
        office.get_by_role("link", name="Jadikan pelatihan").click()
        office.wait_for_url(re.compile(f"/saran/{SERVICE}/public_service/"))
        self.plan = re.sub("saran/.*", "", office.evaluate("location.pathname"))
        put(office, title=TITLE, cost="0", jp="30", least="1", most=str(SEATS))
        submit(office, "", holding="title")
        for other in self.all(rows.OTHERS, TITLE):
            office.goto(f"{self.plan}kegiatan/{other}/")
            unfold(office)
            submit(office, "/hapus/")
        office.goto(self.plan)
        submit(office, "/susun/")
        until(lambda: not self.all("SELECT 1 FROM planning_plan WHERE asked_at IS NOT NULL"), within=120)
        leader.goto("/pimpinan/")
        leader.locator(f'main a[href="{self.plan}"]').click()
        submit(leader, "/setujui/")

    # grow

    def the_plan_becomes_a_cohort(self) -> None:
        office = self.people("office")
        office.goto(self.plan)
        office.get_by_role("link", name=TITLE).click()
        office.get_by_role("link", name="Buka angkatan").click()
        put(office, kind="pktbt", code=COHORT)
        submit(office, "", holding="code")
        office.wait_for_url(f"**{ONE}")
        sent = self.all(rows.PLACES, TITLE)
        assert NADIA in sent, "who lacks most where the need is largest is sent first"
        assert self.all(rows.IN_CLASS, COHORT) == sent, "everybody whom the plan sends, nobody else"
        office.get_by_role("link", name="Ubah angkatan").click()
        today = office.evaluate(TODAY)
        put(office, first_day=today, last_day=today)  # need not wait for the plan's day
        submit(office, "", holding="first_day")
        put(office, part="administrative", title="Tata naskah dinas", jp="6")
        submit(office, "", holding="jp")
        unit = str(self.one(rows.UNIT, "dukcapil"))
        put(office, part="substantive", title="Pelayanan prima di loket", jp="24", unit=unit,
            course="pelayanan-prima", quiz="kuis-pktbt")  # fmt: skip
        submit(office, "", holding="jp")
        submit(office, "/lanjut/")
        self._bring_a_sheet(office, sent)
        for who, kind in (("mentor", "mentor"), ("trainer", "trainer"), ("trainer", "coach"), ("manager", "examiner")):
            office.goto(f"{ONE}tugas/")
            put(office, nip=PEOPLE[who][1], kind=kind)
            submit(office, "", holding="nip")

    def _bring_a_sheet(self, office: Page, sent: list[object]) -> None:
        """A colleague and a guest are taken in; a line with a mistake says which, and is left out."""
        office.goto(f"{ONE}peserta/berkas/")
        office.locator("main input[type=file]").set_input_files([rows.roster()])
        submit(office, "", holding="file")
        expect(office.get_by_text("2 baru, 0 berubah, 0 sama, 1 ditolak")).to_be_visible()
        expect(office.get_by_role("row", name="Salah Ketik")).to_contain_text("NIP ini tidak tercatat di instansi ini")
        press(office, "Simpan baris ini")
        expect(office.get_by_text("2 baris tersimpan", exact=True)).to_be_visible()
        assert self.all(rows.IN_CLASS, COHORT) == sorted([*sent, POLITE[1], None], key=str)

    def what_it_should_change_is_said_before(self) -> None:
        """Before it begins the office says what will be looked at; then the cohort runs."""
        office = self.people("office")
        office.goto(ONE)
        office.get_by_role("link", name="Daftarkan").click()
        put(office, outcome="cases", percent="20", delay="0")
        submit(office, "", holding="percent")
        assert self.one(rows.STUDY, SERVICE) is False, "registered before, and it says so"
        office.goto(ONE)
        submit(office, "/lanjut/")
        assert self.one("SELECT state FROM programmes_cohort WHERE code = %s", COHORT) == "running"
        assert self.installation.sql(rows.ENROLLED, NADIA), "a cohort takes its people along to its courses"

    def a_session_is_attended(self) -> None:
        office, trainer, participant = (self.people(who) for who in ("office", "trainer", "participant"))
        office.goto(f"{ONE}jadwal/")
        now = office.evaluate("(d => [d.toLocaleDateString('sv'), d.getHours()])(new Date())")
        put(office, day=now[0], start=f"{max(now[1] - 1, 0):02}:00", end=f"{min(now[1] + 2, 23):02}:59",
            trainer=PEOPLE["trainer"][1], room="Aula")  # fmt: skip
        submit(office, "", holding="room")
        session = self.one(rows.SESSION, COHORT)
        trainer.goto(f"/mengajar/sesi/{session}/layar/")
        drawn = trainer.locator("main svg path").evaluate_all("paths => paths.map(it => it.getAttribute('d'))")
        participant.goto(rows.scanned(self.installation, session, drawn))
        press(participant, "Saya hadir")
        expect(participant.get_by_text(re.compile("tersimpan, pukul"))).to_be_visible()
        trainer.goto(f"/mengajar/sesi/{session}/")
        for box in trainer.locator("main input[name=present]").all():
            box.check()
        submit(trainer, "")  # who has no phone is noted by the trainer

    def ten_minutes_pass(self) -> None:
        """On the phone, whose clock and timers go on, and on the server, where what was begun is that much older."""
        pass_minutes(self.people("participant"))
        self.installation.sql(rows.LATER)

    def a_lesson_goes_on_without_network(self) -> None:
        page = self.people("participant")
        page.clock.install()
        page.goto("/belajar/pelayanan-prima/1/")
        cut_network(page)
        page.locator("input[type=radio]").first.check()
        press(page, "Periksa jawaban")
        expect(page.get_by_text("Tersimpan di HP. Terkirim sendiri begitu ada jaringan.")).to_be_visible()
        self.ten_minutes_pass()
        assert not self.installation.sql(rows.LESSON, NADIA)
        self.network_is_back()
        until(lambda: self.installation.sql(rows.LESSON, NADIA), what="the answer of the lesson came")

    def network_is_back(self) -> None:
        page = self.people("participant")
        cut_network(page, cut=False)
        page.evaluate("dispatchEvent(new Event('online'))")

    def a_quiz_outlives_the_server(self) -> None:
        """Answers wait on the phone, the network comes back, and there is no server: they arrive when it is up."""
        page, parts = self.people("participant"), self.installation
        page.goto("/ujian/kuis-pktbt/")
        with page.expect_response(re.compile("/naskah/")):
            page.get_by_role("button", name=re.compile("Mulai sekarang")).click()
        page.locator("input[type=radio]").nth(QUIZ[1]).check()
        expect(page.get_by_text(re.compile(r"Tersimpan \d\d:\d\d:\d\d"))).to_be_visible()
        assert parts.sql(rows.ANSWERS, NADIA) == [(1, QUIZ[1])], "what is called saved is committed"
        cut_network(page)
        for number in list(QUIZ)[1:]:
            page.get_by_role("button", name="Soal berikutnya").click()
            expect(page.get_by_role("heading", level=1)).to_contain_text(f"Soal {number} dari ")
            page.locator("input[type=radio]").nth(QUIZ[number]).check()
        self.ten_minutes_pass()
        assert len(parts.sql(rows.ANSWERS, NADIA)) == 1
        killed = parts.part("web")
        assert killed
        for process in [*killed.children(), killed]:
            process.kill()
        self.network_is_back()
        until(lambda: (parts.part("web") or killed).pid != killed.pid, what="the web server is started again")
        parts.wait_until_well()
        pass_minutes(page, 1)  # the phone tries again by itself
        until(lambda: parts.sql(rows.ANSWERS, NADIA) == list(QUIZ.items()), what="all answers came")
        page.get_by_role("link", name="Periksa dan kumpulkan").first.click()
        page.get_by_role("button", name=re.compile("^Kumpulkan")).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Nilai Anda:")

    def the_logbook_goes_on_without_network(self) -> None:
        page, mentor = self.people("participant"), self.people("mentor")
        page.goto(f"/lapangan/{self.participant}/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        cut_network(page)
        page.get_by_label("Apa yang Anda lihat dan pelajari hari ini?").fill(NOTE)
        press(page, "Simpan catatan")
        expect(page.get_by_text("Tersimpan di HP, menunggu sinyal")).to_be_visible()
        self.ten_minutes_pass()
        assert not self.all(rows.ENTRY, NOTE)
        self.network_is_back()
        until(lambda: self.all(rows.ENTRY, NOTE), what="the page of the logbook came")
        mentor.goto(f"/bimbingan/{self.one(rows.ENTRY, NOTE)}/")
        put(mentor, words="Bagus. Hitung berapa warga yang disuruh pulang dalam sehari.")
        submit(mentor, "", holding="words")
        page.goto(f"/lapangan/{self.participant}/")
        expect(page.get_by_text("Hitung berapa warga")).to_be_visible()

    @property
    def participant(self) -> object:
        return self.one(rows.PARTICIPANT, COHORT, NADIA)

    # act

    def a_project_is_carried_out_and_judged(self) -> None:
        page, mentor = self.people("participant"), self.people("mentor")
        page.goto(f"/lapangan/{self.participant}/")
        submit(page, "/proyek/")
        page.wait_for_url(re.compile(r"/proyek/[0-9a-f-]{36}/"))
        address = re.sub(r"tulis/$", "", page.evaluate("location.pathname"))
        page.goto(f"{address}tulis/")
        today = page.evaluate(TODAY)
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
        self._mark_the_others(office)
        office.goto(f"{ONE}rapat/")
        put(office, chair="Kepala BKPSDM")
        submit(office, "", holding="chair")
        standing = "SELECT standing FROM programmes_participant WHERE id = %s"
        assert self.one(standing, self.participant) == "passed"
        page.goto("/sertifikat-saya/")
        expect(page.get_by_text(TITLE).first).to_be_visible()
        page.goto("/jp/")
        expect(page.get_by_text(TITLE).first).to_be_visible()
        citizen.goto(f"/sertifikat/{self.one(rows.CERTIFICATE, NADIA, TITLE)}/")
        expect(citizen.locator("main")).to_contain_text("Nadia Safitri")

    def _mark_the_others(self, office: Page) -> None:
        """The marks of the others come on paper. Those of the guest are not complete yet: the meeting defers him."""
        for other in self.all(rows.OTHER_PEOPLE, COHORT, NADIA):
            office.goto(f"/peserta/{other}/")
            for field in office.locator("main form input[inputmode=decimal]").all():
                field.fill("85")
            submit(office, "", holding="attitude")

    def the_same_numbers_stand_everywhere(self) -> None:
        """After the night: at the command line, on the board, for everybody, for the leader."""
        done = self.installation.lingkar("django", "shell", "-c", f"{PLANT}.night()")
        assert done.returncode == 0, done.stderr
        printed = self.installation.lingkar("circle", SERVICE, "--agency", "teluk-kawung", "--json")
        told = {row["key"]: row for row in json.loads(printed.stdout)["statements"]}
        passed = len(self.all(rows.PASSED, COHORT))
        assert told["heard.reports"]["n"] == told["why.causes"]["n"] == told["need.top"]["n"] == len(rows.SAID) + 1
        assert (told["planned.runs"]["n"], told["trained.held"]["n"]) == (len(self.all(rows.PLACES, TITLE)), passed)
        assert told["proven.effect"]["value"] == "Belum dapat dipastikan", (
            "one counter alone has nothing to compare with"
        )
        office, leader, citizen = (self.people(who) for who in ("office", "leader", "citizen"))
        office.goto(f"/lingkar/{SERVICE}/")
        for row in told.values():
            expect(office.locator("main")).to_contain_text(row["value"] or row["why_not"])
        office.goto("/lingkar/")
        line = office.get_by_role("row", name=NAME)
        for key in ("heard.reports", "why.causes", "need.top", "planned.runs", "proven.effect"):
            expect(line).to_contain_text(told[key]["value"])
        expect(line).to_contain_text(f"{passed} orang")
        citizen.goto(f"/layanan/{SERVICE}/lingkar/")
        for words in (f"{len(rows.SAID) + 1} laporan terbit", f"{passed} orang dilatih", "Belum dapat dipastikan"):
            expect(citizen.locator("main")).to_contain_text(words)
        expect(citizen.get_by_text("direncanakan:")).to_have_count(0)  # what was held is no plan any more
        assert overflow(citizen) == 0
        citizen.goto(f"/skm/{SERVICE}/")
        expect(citizen.locator("main")).to_contain_text(str(told["heard.ikm"]["value"])[:5])
        leader.goto("/pimpinan/")
        expect(leader.locator(".stat", has_text="Belum dapat dipastikan")).to_contain_text(NAME)

    # what counts

    def nothing_is_lost_nothing_is_doubled(self) -> None:
        assert self.one("SELECT count(*) FROM reports_report WHERE text = %s", STORY) == 1
        assert len(self.all(rows.ENTRY, NOTE)) == 1
        assert len(self.installation.sql(rows.LESSON, NADIA)) == 1
        assert self.installation.sql(rows.ANSWERS, NADIA) == list(QUIZ.items())
