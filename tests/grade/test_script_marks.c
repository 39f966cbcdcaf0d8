/*
 * What is known again of scripts: copies with other comments, white space,
 * quotes and names of locals; nobody's are the labs' own.  In classes whose
 * scripts solve the same task in the usual ways nobody is named.
 */
#include "fixtures/check.h"
#include "base/mem.h"
#include "fixtures/class_made.h"
#include "grade/class.h"
#include "grade/script_marks.h"
#include "text/json.h"

#include <string.h>

/* A student's own work. */
static const char original[] =
    "lab { title = \"two ways\", topology = \"two-proxies.gv\" }\n"
    "local alice, bob = node \"alice\", node \"bob\"\n"
    "local function later(what, after)\n"
    "	sleep(after)\n"
    "	if what.state ~= \"confirmed\" then return false end\n"
    "	what:bye()\n"
    "	return true\n"
    "end\n"
    "fault { status = 200, src = \"bob\", nth = 2, drop = true }\n"
    "bob:on(\"invite\", function(call)\n"
    "	-- It may have been given up before.\n"
    "	for i = 1, 7 do\n"
    "		if later(call, 0.37 * i) then break end\n"
    "	end\n"
    "end)\n"
    "script(function()\n"
    "	sleep(1.13)\n"
    "	alice:invite \"sip:bob@biloxi.example.com\"\n"
    "	sleep(4.25)\n"
    "	alice:invite \"sip:bob@biloxi.example.com\"\n"
    "	repeat sleep(0.73) until #alice.dialogs < 2 or bob.busy\n"
    "end)\n";

/* The same with what does not count changed. */
static const char disguised[] =
    "-- mine!\n\n"
    "lab { title = 'two ways',\n  topology = 'two-proxies.gv' }\n"
    "local a, b = node 'alice', node [[bob]]\n"
    "--[[ a long\n comment ]]\n"
    "local function hang_up(x, t) sleep(t)\n"
    "if x.state ~= 'confirmed' then return false end x:bye() return true end\n"
    "fault { status=200, src='bob', nth=2, drop=true }\n"
    "b:on('invite', function(c)\n"
    "for n = 1, 7 do if hang_up(c, 0.37 * n) then break end end end)\n"
    "script(function() sleep(1.13) a:invite 'sip:bob@biloxi.example.com'\n"
    "sleep(4.25) a:invite 'sip:bob@biloxi.example.com'\n"
    "repeat sleep(0.73) until #a.dialogs < 2 or b.busy end)\n";

static void
make_marks(struct script_marks *m, const char *text)
{
	*m = SCRIPT_MARKS_INIT;
	CU_ASSERT_EQUAL(script_marks_add(m, str_of(text), 0), 0);
}

/* ---- marks ---- */

static void
disguises(void)
{
	struct script_marks a, b;

	make_marks(&a, original);
	make_marks(&b, disguised);
	CU_ASSERT(a.n > 100);
	CU_ASSERT_EQUAL_FATAL(a.n, b.n);
	for (size_t i = 0; i < a.n; i++)
		CU_ASSERT_EQUAL(a.list[i].hash, b.list[i].hash);
	CU_ASSERT_EQUAL(a.list[0].line, 1);
	CU_ASSERT_EQUAL(b.list[0].line, 3);
	script_marks_free(&a);
	script_marks_free(&b);
}

/* What is another word, another text or a field's name makes another mark. */
static void
differences(void)
{
	static const char *const rows[][2] = {
		{ "f(1, 2, 3, 4)", "f(1, 2, 3, 5)" },
		{ "a.b.c.d.e = 1", "a.b.c.d.f = 1" },
		{ "f('a', 1, 2, 3)", "f('b', 1, 2, 3)" },
		{ "f('a', 1, 2, 3)", "f(a, 1, 2, 3)" },
		{ "local x = y.x + 1 + 2", "local z = y.z + 1 + 2" },
		{ "g(a, b, c, d)", "g(a, b, d, c)" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct script_marks a, b;

		make_marks(&a, rows[i][0]);
		make_marks(&b, rows[i][1]);
		CU_ASSERT_FATAL(a.n > 0 && a.n == b.n);
		CU_ASSERT_NOT_EQUAL(a.list[a.n - 1].hash, b.list[b.n - 1].hash);
		script_marks_free(&a);
		script_marks_free(&b);
	}
}

/* What stands in the labs, for all students. */
static struct script_marks lab_marks;

static void
leave_labs(struct script_marks *m)
{
	if (lab_marks.n == 0)
		CU_ASSERT_EQUAL_FATAL(script_marks_read_labs(&lab_marks), 0);
	script_marks_leave(m, &lab_marks);
}

/* A lab's own script has no marks, however its names are changed. */
static void
labs_are_nobodys(void)
{
	struct script_marks m = SCRIPT_MARKS_INIT;
	LOCAL_BUF text = BUF_INIT;

	CU_ASSERT_EQUAL_FATAL(
	    buf_read_file(&text, "labs/lost-messages/lab.lua", 1 << 20), 0);
	CU_ASSERT_EQUAL(script_marks_add(&m, buf_view(&text), 0), 0);
	CU_ASSERT(m.n > 20);
	leave_labs(&m);
	CU_ASSERT_EQUAL(m.n, 0);
	CU_ASSERT_EQUAL(script_marks_add(&m, str_of(original), 0), 0);
	leave_labs(&m);
	printf("  %zu marks of one's own\n", m.n);
	CU_ASSERT(m.n > 80);
	script_marks_free(&m);
}

/* Texts that are no scripts, and ends where something is open. */
static void
odd_texts(void)
{
	static const char *const texts[] = { "", "\"", "[[", "--[[", "--[==[",
		"'\\", "[=", "local", "for", "function", "local function(",
		"\xff\xfe \x80 a b c d e f g h i", "((((((((((((", "a..b...c" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct script_marks m;

		make_marks(&m, texts[i]);
		leave_labs(&m);
		script_marks_free(&m);
	}
}

/* ---- classes ---- */

static void
put_evidence(struct buf *out, const char *student, const char *script)
{
	struct script_marks m;

	make_marks(&m, script);
	leave_labs(&m);
	buf_printf(out,
	    "{\"values_of\":\"%s\",\"scripts\":[\"goal-5.lua\"],"
	    "\"marks\":[",
	    student);
	for (size_t i = 0; i < m.n; i++)
		buf_printf(out, "%s\"%016llx\",0,%u", i > 0 ? "," : "",
		    (unsigned long long)m.list[i].hash, m.list[i].line);
	buf_puts(out, "]}");
	script_marks_free(&m);
}

static void
add_script(struct class *c, unsigned i, const char *script)
{
	LOCAL_BUF line = BUF_INIT;
	char id[32];

	made_id(i, id);
	buf_printf(&line,
	    "{\"file\":\"%s.rung\",\"lab\":\"l\",\"student\":\"%s\","
	    "\"tasks\":[{\"task\":1,\"verdict\":\"GOOD\"}]}",
	    id, id);
	CU_ASSERT_EQUAL(class_take_line(c, buf_view(&line)), 0);
	buf_clear(&line);
	put_evidence(&line, id, script);
	CU_ASSERT_EQUAL(class_take_line(c, buf_view(&line)), 0);
}

/* The usual ways: a fault whose fields stand in any order, some sleeps, who
 * calls, a helper of one of some forms. */
static void
put_usual(struct made_draw *r, struct buf *out)
{
	static const char *const fields[] = { "status = 200", "src = \"bob\"",
		"cseq = \"INVITE\"", "drop = true" };
	static const char *const choosers[] = { "first = true", "nth = 1",
		"nth = 2" };
	static const char wait[] =
	    "bob:on(\"invite\", function(call)\n"
	    "	if wait(call, \"confirmed\") then\n"
	    "		sleep \"5s\"\n"
	    "		if call.state == \"confirmed\" then call:bye() end\n"
	    "	end\n"
	    "end)\n";
	static const char finish[] = "local function finish(call)\n"
				     "	sleep \"4s\"\n"
				     "	call:bye()\n"
				     "end\n"
				     "bob:on(\"invite\", finish)\n";
	static const char at_once[] =
	    "bob:on(\"invite\", function(c) sleep(5) c:bye() end)\n";
	static const char *const ends[] = { wait, at_once, finish, "" };
	unsigned at = made_draw(r, 4), by = 1 + 2 * made_draw(r, 2);

	buf_puts(out, "lab { title = \"A 200 is lost\", topology = "
		      "\"two-proxies.gv\", duration = \"45s\" }\n"
		      "local alice, bob = node \"alice\", node \"bob\"\n");
	buf_puts(out, ends[made_draw(r, 4)]);
	buf_puts(out, "fault { ");
	for (unsigned i = 0; i < 4; i++)
		buf_printf(out, "%s, ", fields[(at + by * i) % 4]);
	buf_printf(out, "%s }\n", choosers[made_draw(r, 3)]);
	buf_printf(out,
	    "script(function()\n	wait(bob, \"registered\")\n"
	    "	sleep \"%us\"\n	alice:invite \"sip:bob@biloxi.example.com\"\n"
	    "end)\n",
	    1 + made_draw(r, 4));
}

static void
settle(struct class *c)
{
	CU_ASSERT_EQUAL(class_settle(c, NULL), 0);
	CU_ASSERT_EQUAL(class_find_copies(c), 0);
}

static void
usual_scripts(void)
{
	static const unsigned sizes[] = { 2, 3, 5, 12, 40 };
	unsigned classes = IS_SANITIZED ? 5 : 50, named = 0;

	for (unsigned i = 0; i < classes; i++) {
		struct made_draw r = { i };
		struct class c = CLASS_INIT;

		for (unsigned s = 0; s < sizes[i % 5]; s++) {
			struct buf text = BUF_INIT;

			put_usual(&r, &text);
			add_script(&c, s, buf_cstr(&text));
			buf_free(&text);
		}
		settle(&c);
		named += c.ncopies > 0;
		class_free(&c);
	}
	printf("  %u of %u classes have a copy\n", named, classes);
	CU_ASSERT_EQUAL(named, 0);
}

/* A long one also where there are no others. */
static void
copied_by_two(void)
{
	struct class c = CLASS_INIT;

	add_script(&c, 0, original);
	add_script(&c, 1, disguised);
	settle(&c);
	CU_ASSERT_EQUAL(c.ncopies, 1);
	class_free(&c);
}

/* Among others a copy is named, with files and lines. */
static void
copied_script(void)
{
	struct made_draw r = { 5 };
	struct class c = CLASS_INIT;
	LOCAL_BUF out = BUF_INIT;

	for (unsigned s = 0; s < 20; s++) {
		struct buf text = BUF_INIT;

		put_usual(&r, &text);
		add_script(&c, s,
		    s == 7    ? original
		    : s == 13 ? disguised
			      : buf_cstr(&text));
		buf_free(&text);
	}
	settle(&c);
	CU_ASSERT_EQUAL_FATAL(c.npairs, 1);
	CU_ASSERT_STRING_EQUAL(c.entries[c.pairs[0].a].student, "20230008");
	CU_ASSERT_STRING_EQUAL(c.entries[c.pairs[0].b].student, "20230014");
	CU_ASSERT_EQUAL(class_put_text(&c, &out), 0);
	CU_ASSERT(strstr(buf_cstr(&out),
		      "20230008.rung, goal-5.lua:1 and 20230014.rung, "
		      "goal-5.lua:3: identical") != NULL);
	buf_clear(&out);
	CU_ASSERT_EQUAL(class_put_html(&c, &out), 0);
	CU_ASSERT(strstr(buf_cstr(&out), "goal-5.lua:3: identical") != NULL);
	buf_clear(&out);
	CU_ASSERT_EQUAL(class_put_json(&c, &out), 0);
	CU_ASSERT(strstr(buf_cstr(&out), "goal-5.lua:3: identical") != NULL);
	class_free(&c);
	script_marks_free(&lab_marks);
}

CHECK_MAIN("script_marks", { "disguises", disguises },
    { "differences", differences }, { "the labs' own", labs_are_nobodys },
    { "odd texts", odd_texts }, { "usual scripts", usual_scripts },
    { "a copy", copied_script }, { "of two", copied_by_two })
