/* What lesson_desk.h declares. */
#include "lesson_desk.h"

#include "fixtures/check.h"

#include <sys/stat.h>
#include <unistd.h>

#define LAB "labs/direct-call"

static const char desk_handout[] =
    "# Each kind\n\nThe call of `direct-call`.\n\n## Tasks\n\n"
    "1. How many INVITEs are sent?\n\n"
    "       rung show each-kind text=\\\"INVITE\\\"\n"
    "       rung explain each-kind BYE@bob\n"
    "       rung run each-kind\n"
    "       rung show each-kind kind=timer\n\n"
    "2. When does Bob take the call?\n3. Which method ends it?\n"
    "4. What is the To tag called?\n5. Predict.\n6. Draw the beginning.\n"
    "7. Let Alice hear 486.\n8. Who hangs up?\n9. Let nobody talk.\n"
    "10. Draw it with rung.\n11. Nothing is lost.\n\n## Try\n\nMore.\n";

static const char desk_check[] =
    "lesson { minutes = 20, level = 1 }\n"
    "vary { 'bob.answer=3s..4s:1s' }\n"
    "task { number = function(t) return t:count 'method=INVITE kind=send' "
    "end,\n"
    "  wrong = { { 2, why = 'That counts the 180.', rule = 'ict-1xx',\n"
    "    records = function(t) return t:first 'status=180' end } },\n"
    "  hint = { 'Look at the ladder.', 'Count again.' }, points = 4 }\n"
    "task { time = function(t) return t:first('status=200 cseq=INVITE').time "
    "end,\n"
    "  tolerance = '5ms', why = 'The 200 says it.' }\n"
    "task { choice = { { 'BYE', right = true }, { 'CANCEL',\n"
    "  why = 'It takes back what is not answered.' } }, points = 2 }\n"
    "task { text = 'tag', why = 'It stands behind the semicolon.' }\n"
    "task { predict = 2 }\n"
    "task { draw = 'cseq=INVITE method=INVITE kind=send' }\n"
    "task { goal = { { 'Alice hears 486', function(t)\n"
    "  local r = t:first 'kind=recv status=486' return r ~= nil, r end } } }\n"
    "task { find = { node = 'bob', record = function(t)\n"
    "  return t:first 'method=BYE' end }, why = 'Look for the BYE.' }\n"
    "task { build = { { 'nobody talks', function(t)\n"
    "  return t:count 'kind=call confirmed' == 0 end } } }\n"
    "task { figure = { { 'the INVITE', 'method=INVITE' } } }\n"
    "task { run = { { 'a message is lost', function(t)\n"
    "  return t:count 'kind=drop' > 0 end } } }\n";

char desk_folder[] = "/tmp/rung-lesson-XXXXXX";

static void
desk_write_file(const char *name, struct str text)
{
	char path[128];
	struct buf b = BUF_INIT;

	snprintf(path, sizeof(path), "%s/each-kind/%s", desk_folder, name);
	buf_str(&b, text);
	CU_ASSERT_EQUAL_FATAL(buf_write_file(&b, path), 0);
	buf_free(&b);
}

const char *
desk_make_lab(void)
{
	static char path[128];
	struct buf script = BUF_INIT;

	if (path[0] != '\0')
		return path;
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(desk_folder));
	snprintf(path, sizeof(path), "%s/each-kind", desk_folder);
	CU_ASSERT_EQUAL_FATAL(mkdir(path, 0700), 0);
	CU_ASSERT_EQUAL_FATAL(
	    buf_read_file(&script, LAB "/lab.lua", 1u << 20), 0);
	desk_write_file("lab.lua", buf_view(&script));
	desk_write_file("README.md", str_of(desk_handout));
	desk_write_file("check.lua", str_of(desk_check));
	buf_free(&script);
	return path;
}

void
desk_remove_lab(void)
{
	static const char *const names[] = { "lab.lua", "README.md",
		"check.lua" };
	char path[160];

	for (size_t i = 0; i < 3; i++) {
		snprintf(
		    path, sizeof(path), "%s/%s", desk_make_lab(), names[i]);
		unlink(path);
	}
	rmdir(desk_make_lab());
	rmdir(desk_folder);
}

static int
desk_keep(struct str state, struct diag *d, void *arg)
{
	(void)state;
	(void)d;
	(void)arg;
	return 0;
}

static struct str kept_state;

static struct str
desk_state_kept(void *arg)
{
	(void)arg;
	return kept_state;
}

static struct desk *now_open;

static int64_t
desk_clock(void *arg)
{
	(void)arg;
	return now_open->clock;
}

bool
desk_sit_down(
    struct desk *k, const char *student, int64_t seconds, struct str state)
{
	struct diag d = DIAG_INIT;
	int64_t clock = k->clock;

	memset(k, 0, sizeof(*k));
	k->clock = clock;
	now_open = k;
	kept_state = state;
	if (session_open(&k->v.s, desk_make_lab(), NULL, &d) != 0 ||
	    cli_lab_open(
		&k->v.lab, k->v.s, student, seconds * 1000000000, &d) != 0 ||
	    k->v.lab == NULL) {
		printf("  %s\n", d.text);
		return false;
	}
	play_source_open(&k->v.src, &k->v.e, k->v.s, &d);
	k->lab = *cli_lab_source(k->v.lab);
	k->lab.clock = desk_clock;
	k->v.src.lab = &k->lab;
	k->v.src.save = desk_keep;
	k->v.src.state = desk_state_kept;
	return driver_show(&k->v, "each-kind", 80, 24);
}

void
desk_get_up(struct desk *k)
{
	driver_close(&k->v);
}

void
desk_open_task(struct desk *k, unsigned n)
{
	struct play *p = k->v.p;

	driver_press(&k->v, "8");
	driver_press(&k->v, "Home");
	if (!p->pane_whole)
		driver_press(&k->v, "z");
	for (unsigned i = 0; i < n; i++)
		driver_press(&k->v, "]");
	if (p->own.lesson->open != n - 1)
		driver_press(&k->v, "Enter");
}

void
desk_to_deed(struct desk *k, enum page_deed deed)
{
	for (int i = 0; i < 20 && play_lesson_line(k->v.p)->deed != deed; i++)
		driver_press(&k->v, "Down");
	CU_ASSERT_EQUAL(play_lesson_line(k->v.p)->deed, deed);
}

bool
desk_shows(struct desk *k, const char *text)
{
	bool ok = driver_shows(&k->v, text);

	CU_ASSERT_TRUE(ok);
	return ok;
}

bool
desk_hides(struct desk *k, const char *text)
{
	bool there = strstr(driver_screen(&k->v), text) != NULL;

	if (there)
		printf("  \"%s\" is on the screen:\n%s", text,
		    driver_screen(&k->v));
	CU_ASSERT_FALSE(there);
	return !there;
}

void
desk_put_kept(struct desk *k, struct buf *b)
{
	buf_clear(b);
	buf_puts(b, "{\"lesson\":");
	play_lesson_put(k->v.p, b);
	buf_putc(b, '}');
}
