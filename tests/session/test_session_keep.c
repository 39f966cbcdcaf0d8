/*
 * Kept sessions: what is resumed is what was left, whatever became of the lab;
 * the newest 20 stay; a damaged or hostile file gives a sentence; without a
 * place to write, or memory, the session itself is never the worse for it.
 */
#include "fixtures/check.h"
#include "fixtures/sessions.h"

#include <sys/stat.h>
#include <sys/time.h>

#define STATE "{\"position\":42,\"marks\":[1,2],\"answers\":{\"a\":\"b\"}}"

static char home[] = "/tmp/rung-test-XXXXXX";

/* A new empty place for sessions. */
static void
move_in(void)
{
	memcpy(home, "/tmp/rung-test-XXXXXX", sizeof(home));
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(home));
	setenv("XDG_STATE_HOME", home, 1);
}

static void
remove_all(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *e;
	char path[600];

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		if (e->d_type == DT_DIR)
			remove_all(path);
		remove(path);
	}
	if (dir != NULL)
		closedir(dir);
}

static void
move_out(void)
{
	remove_all(home);
	CU_ASSERT_EQUAL(rmdir(home), 0);
}

static int
keep(struct session *s, const char *state)
{
	struct diag d = DIAG_INIT;
	int err = session_save(s, str_of(state), &d);

	if (err != 0)
		printf("  %s: %s\n", d.file, d.text);
	return err;
}

/* A name for a file in the folder of sessions. */
static const char *
in_folder(const char *name)
{
	static char path[300];

	snprintf(path, sizeof(path), "%s/rung/%s", home, name);
	return path;
}

static void
same_sessions(struct session *a, struct session *b)
{
	CU_ASSERT_EQUAL_FATAL(session_branches(a), session_branches(b));
	CU_ASSERT_STRING_EQUAL(session_title(a), session_title(b));
	for (size_t i = 0; i < session_branches(a); i++) {
		size_t pa, pb;
		uint64_t xa, xb;
		struct diag d = DIAG_INIT;

		run_out(a, i, &d);
		run_out(b, i, &d);
		CU_ASSERT_EQUAL(d.err, 0);
		CU_ASSERT_STRING_EQUAL(session_name(a, i), session_name(b, i));
		CU_ASSERT_EQUAL(session_parent(a, i, &pa, &xa),
		    session_parent(b, i, &pb, &xb));
		CU_ASSERT_EQUAL(pa, pb);
		CU_ASSERT_EQUAL(xa, xb);
		CU_ASSERT_EQUAL(trace_hash(session_trace(a, i)),
		    trace_hash(session_trace(b, i)));
	}
}

/* Main, two branches of it, one of those; and main gone on at its end. */
static struct session *
some_branches(const char *file)
{
	struct session *s = session_run(file);
	uint64_t n = trace_count(session_trace(s, 0));
	const struct trace *t = session_trace(s, 0);
	struct diag d;
	size_t b;

	CU_ASSERT_EQUAL(
	    do_act(s, 0, send_of(t, "alice", "atl", "INVITE", 1), "message",
		"edit", "text", "a, \"b\"\\\r\n\xff\001", &b, &d),
	    0);
	CU_ASSERT_EQUAL(
	    do_act(s, 0, n / 3, "atl", "set", "record_route", "false", &b, &d),
	    0);
	run_out(s, b, &d);
	CU_ASSERT_EQUAL(do_act(s, b, n / 2, "alice", "send", "headers",
			    "Subject: a, b=c", &b, &d) == 0,
	    false);
	CU_ASSERT_EQUAL(do_crash(s, b, n / 2, "bob", &b, &d), 0);
	CU_ASSERT_EQUAL(session_rename(s, b, "过载", &d), 0);
	CU_ASSERT_EQUAL(do_act(s, 0, n, "alice", "invite", "target",
			    "sip:bob@biloxi.example.com", &b, &d),
	    0);
	CU_ASSERT_EQUAL(b, 0);
	CU_ASSERT_EQUAL(session_branches(s), 4);
	for (size_t i = 0; i < 4; i++)
		run_out(s, i, &d);
	return s;
}

/* ---- there and back ---- */

static void
comes_back(void)
{
	struct session *s, *again = NULL;
	struct diag d = DIAG_INIT;
	struct stat st;

	move_in();
	s = some_branches(TWO);
	CU_ASSERT_PTR_NULL(session_file(s));
	CU_ASSERT_EQUAL(session_state(s).n, 0);
	CU_ASSERT_EQUAL(keep(s, STATE), 0);
	CU_ASSERT_STRING_EQUAL(
	    session_file(s), in_folder("two-proxies-1.json"));
	CU_ASSERT_EQUAL(stat(in_folder(""), &st), 0);
	CU_ASSERT_EQUAL(st.st_mode & 0777, 0700);
	CU_ASSERT_EQUAL(stat(session_file(s), &st), 0);
	CU_ASSERT_EQUAL(st.st_mode & 0777, 0600);
	CU_ASSERT_EQUAL_FATAL(session_resume(&again, NULL, &d), 0);
	CU_ASSERT_TRUE(str_is(session_state(again), STATE));
	same_sessions(s, again);
	/* It goes on in the same file, and as before. */
	CU_ASSERT_STRING_EQUAL(session_file(again), session_file(s));
	CU_ASSERT_EQUAL(keep(again, "{}"), 0);
	session_destroy(again);
	CU_ASSERT_EQUAL_FATAL(session_resume(&again, "two-proxies-1", &d), 0);
	CU_ASSERT_TRUE(str_is(session_state(again), "{}"));
	same_sessions(s, again);
	session_destroy(again);
	session_destroy(s);
	CU_ASSERT_NOT_EQUAL(session_resume(&again, "nothing", &d), 0);
	CU_ASSERT_PTR_NULL(again);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "no session “nothing”"));
	move_out();
}

/* The lab may be gone, or be another. */
static void
needs_no_lab(void)
{
	char path[TEXT_PATH];
	struct session *s, *again = NULL;
	struct diag d = DIAG_INIT;
	LOCAL_BUF text = BUF_INIT;

	move_in();
	CU_ASSERT_EQUAL(
	    buf_read_file(&text, "topologies/two-proxies.gv", 100000), 0);
	s = some_branches(write_text(buf_cstr(&text), path));
	CU_ASSERT_EQUAL(keep(s, ""), 0);
	remove(path);
	CU_ASSERT_EQUAL_FATAL(session_resume(&again, session_file(s), &d), 0);
	CU_ASSERT_EQUAL(session_state(again).n, 2);
	same_sessions(s, again);
	session_destroy(again);
	session_destroy(s);
	move_out();
}

/* A run that had not ended goes on. */
static void
comes_back_in_the_middle(void)
{
	struct session *s, *again = NULL;
	struct diag d = DIAG_INIT;
	bool done;

	move_in();
	s = session_of("labs/overloaded");
	CU_ASSERT_EQUAL(keep(s, "{}"), 0);
	session_advance(s, 0, &done, &d);
	CU_ASSERT_EQUAL(keep(s, STATE), 0);
	CU_ASSERT_EQUAL_FATAL(session_resume(&again, NULL, &d), 0);
	same_sessions(s, again);
	session_destroy(again);
	session_destroy(s);
	move_out();
}

/* A trace as it is, and when it is not there any more. */
static void
keeps_traces(void)
{
	char path[TEXT_PATH];
	struct session *s, *again = NULL;
	struct lab_options o = LAB_OPTIONS;
	struct diag d = DIAG_INIT;
	LOCAL_BUF text = BUF_INIT;
	size_t b;

	move_in();
	CU_ASSERT_EQUAL(lab_run(TWO, &o, &text, &d), 0);
	s = session_of(write_text(buf_cstr(&text), path));
	CU_ASSERT_EQUAL(do_crash(s, 0, 50, "bob", &b, &d), 0);
	run_out(s, 1, &d);
	CU_ASSERT_EQUAL(keep(s, STATE), 0);
	CU_ASSERT_EQUAL_FATAL(session_resume(&again, "1", &d), 0);
	same_sessions(s, again);
	session_destroy(again);
	/* Its inputs give it as well. */
	remove(path);
	CU_ASSERT_EQUAL_FATAL(session_resume(&again, "1", &d), 0);
	same_sessions(s, again);
	session_destroy(again);
	session_destroy(s);
	/* One from elsewhere: only the file itself. */
	buf_clear(&text);
	buf_puts(&text, "{\"kind\":\"trace\",\"version\":1}\n"
			"{\"seq\":1,\"t\":0,\"kind\":\"act\"}\n");
	CU_ASSERT_EQUAL(buf_write_file(&text, path), 0);
	s = session_of(path);
	CU_ASSERT_EQUAL(keep(s, STATE), 0);
	CU_ASSERT_EQUAL_FATAL(session_resume(&again, session_file(s), &d), 0);
	CU_ASSERT_FALSE(session_can_act(again));
	same_sessions(s, again);
	session_destroy(again);
	buf_puts(&text, "{\"seq\":2,\"t\":0,\"kind\":\"act\"}\n");
	CU_ASSERT_EQUAL(buf_write_file(&text, path), 0);
	CU_ASSERT_NOT_EQUAL(session_resume(&again, session_file(s), &d), 0);
	CU_ASSERT_PTR_NOT_NULL(
	    strstr(d.text, "has changed since the session was saved"));
	d = DIAG_INIT;
	remove(path);
	CU_ASSERT_NOT_EQUAL(session_resume(&again, session_file(s), &d), 0);
	CU_ASSERT_TRUE(d.text[0] != '\0');
	session_destroy(s);
	move_out();
}

/* ---- the list ---- */

/* As if it had been saved then. */
static void
age(const struct session *s, long seconds)
{
	struct timeval times[2] = { { 1000000000 + seconds, 0 },
		{ 1000000000 + seconds, 0 } };

	CU_ASSERT_EQUAL(utimes(session_file(s), times), 0);
}

static void
lists_the_newest_first(void)
{
	struct session_entry *list;
	struct diag d = DIAG_INIT;
	LOCAL_BUF junk = BUF_INIT;
	size_t n;

	move_in();
	CU_ASSERT_EQUAL(session_list(&list, &n, &d), 0);
	CU_ASSERT_EQUAL(n, 0);
	session_list_free(list, n);
	for (long i = 0; i < 24; i++) {
		struct session *s =
		    session_of(i % 2 == 0 ? TWO : "labs/direct-call");

		CU_ASSERT_EQUAL(keep(s, STATE), 0);
		age(s, i);
		session_destroy(s);
	}
	buf_puts(&junk, "{\"kind\":\"session\"");
	CU_ASSERT_EQUAL(buf_write_file(&junk, in_folder("junk.json")), 0);
	CU_ASSERT_EQUAL(mkdir(in_folder("folder.json"), 0700), 0);
	CU_ASSERT_EQUAL(mkfifo(in_folder("pipe.json"), 0600), 0);
	CU_ASSERT_EQUAL(symlink("/dev/zero", in_folder("zero.json")), 0);
	CU_ASSERT_EQUAL_FATAL(session_list(&list, &n, &d), 0);
	CU_ASSERT_EQUAL_FATAL(n, 20);
	CU_ASSERT_STRING_EQUAL(
	    list[0].file + strlen(list[0].file) - 11, "direct-call");
	for (size_t i = 0; i < n; i++) {
		CU_ASSERT_EQUAL(list[i].when.tv_sec, 1000000023 - (time_t)i);
		CU_ASSERT_EQUAL(list[i].position, 42);
		CU_ASSERT_EQUAL(list[i].branches, 1);
		CU_ASSERT_TRUE(list[i].title[0] != '\0');
	}
	session_list_free(list, n);
	move_out();
}

/* ---- trouble ---- */

static void
no_place(void)
{
	struct session *s = session_run(TWO), *again;
	struct session_entry *list;
	struct diag d = DIAG_INIT;
	char *old = mem_strdup(getenv("HOME") != NULL ? getenv("HOME") : "/");
	size_t n;

	unsetenv("XDG_STATE_HOME");
	unsetenv("HOME");
	CU_ASSERT_EQUAL(session_save(s, STR("{}"), &d), ERR_NOTFOUND);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "XDG_STATE_HOME"));
	CU_ASSERT_NOT_EQUAL(session_resume(&again, NULL, &d), 0);
	CU_ASSERT_NOT_EQUAL(session_list(&list, &n, &d), 0);
	setenv("XDG_STATE_HOME", "relative", 1);
	CU_ASSERT_NOT_EQUAL(session_save(s, STR("{}"), &d), 0);
	setenv("XDG_STATE_HOME", "/proc/nowhere", 1);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(session_save(s, STR("{}"), &d), ERR_IO);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "can't be written"));
	/* The home's own place. */
	move_in();
	unsetenv("XDG_STATE_HOME");
	setenv("HOME", home, 1);
	CU_ASSERT_EQUAL(keep(s, "{}"), 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(session_file(s));
	CU_ASSERT_PTR_NOT_NULL(strstr(session_file(s), "/.local/state/rung/"));
	/* The folder is gone in between. */
	remove_all(home);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(session_save(s, STR("{}"), &d), ERR_IO);
	CU_ASSERT_TRUE(trace_complete(session_trace(s, 0)));
	CU_ASSERT_EQUAL(session_branches(s), 1);
	setenv("HOME", old, 1);
	mem_free(old);
	session_destroy(s);
	move_out();
}

static void
bad_states(void)
{
	static const char *const bad[] = { "[]", "1", "{", "{}}", "{},{}",
		"{}x", "x", "{\"a\":}" };
	struct session *s = session_of(TWO);
	struct buf deep = BUF_INIT;
	struct diag d;

	move_in();
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		d = DIAG_INIT;
		CU_ASSERT_EQUAL(
		    session_save(s, str_of(bad[i]), &d), ERR_SYNTAX);
	}
	buf_puts(&deep, "{\"a\":\"");
	buf_fill(&deep, 'x', 2u << 20);
	buf_puts(&deep, "\"}");
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(session_save(s, buf_view(&deep), &d), ERR_LIMIT);
	CU_ASSERT_PTR_NULL(session_file(s));
	/* As deep as is taken comes back, too. */
	for (unsigned depth = 2; depth < 40; depth++) {
		struct session *again;

		buf_clear(&deep);
		buf_puts(&deep, "{\"a\":");
		buf_fill(&deep, '[', depth - 1);
		buf_fill(&deep, ']', depth - 1);
		buf_puts(&deep, "}");
		d = DIAG_INIT;
		if (session_save(s, buf_view(&deep), &d) != 0)
			break;
		CU_ASSERT_TRUE(depth < 35);
		CU_ASSERT_EQUAL_FATAL(session_resume(&again, NULL, &d), 0);
		session_destroy(again);
	}
	session_destroy(s);
	buf_free(&deep);
	move_out();
}

/* ---- hostile files ---- */

/* Whatever it is: no crash, and a sentence or a session. */
static void
try_file(struct str text)
{
	LOCAL_BUF b = BUF_INIT;
	struct session *s = NULL;
	struct diag d = DIAG_INIT;
	bool done;

	buf_str(&b, text);
	CU_ASSERT_EQUAL_FATAL(buf_write_file(&b, in_folder("x.json")), 0);
	if (session_resume(&s, "x", &d) != 0) {
		CU_ASSERT_TRUE(d.text[0] != '\0');
		CU_ASSERT_PTR_NULL(s);
	}
	for (size_t i = 0; s != NULL && i < session_branches(s); i++)
		for (unsigned k = 0; k < 30; k++)
			session_advance(s, i, &done, &d);
	session_destroy(s);
}

static void
replaced(struct str good, const char *from, const char *to)
{
	LOCAL_BUF b = BUF_INIT;
	ptrdiff_t at = str_find(good, from);

	if (at < 0)
		printf("  no %s\n", from);
	CU_ASSERT_TRUE_FATAL(at >= 0);
	buf_str(&b, str_slice(good, 0, (size_t)at));
	buf_puts(&b, to);
	buf_str(&b, str_slice(good, (size_t)at + strlen(from), good.n));
	try_file(buf_view(&b));
}

static void
hostile_files(void)
{
	static const char *const changes[][2] = {
		{ "\"kind\":\"session\"", "\"kind\":\"trace\"" },
		{ "\"kind\":\"session\"", "\"kind\":1" },
		{ "\"version\":1", "\"version\":2" },
		{ "\"version\":1", "\"version\":\"1\"" },
		{ "\"title\":", "\"tit\":" },
		{ "\"file\":\"", "\"file\":\"\\u0000" },
		{ "\"file\":\"", "\"fil\":\"" },
		{ "\"fixed\":false", "\"fixed\":true" },
		{ "\"fixed\":false", "\"fixed\":{}" },
		{ "\"state\":{", "\"state\":[],\"s\":{" },
		{ "\"inputs\":{", "\"inputs\":[],\"i\":{" },
		{ "\"inputs\":{", "\"inp\":{" },
		{ "\"topology\":{", "\"topology\":7,\"t\":{" },
		{ "\"script\":{", "\"script\":{\"file\":\"\",\"text\":\"x\"},"
				  "\"s\":{" },
		{ "\"detail\":\"protocol\"", "\"detail\":\"all\"" },
		{ "\"branches\":[", "\"branches\":[],\"b\":[" },
		{ "\"branches\":[", "\"branches\":{},\"b\":[" },
		{ "\"branches\":[", "\"branches\":[1,null," },
		{ "\"name\":\"main\"", "\"name\":\"\"" },
		{ "\"name\":\"main\"", "\"name\":\"\\u001b[2J\"" },
		{ "\"name\":\"main\"", "\"name\":7" },
		{ "\"parent\":0", "\"parent\":1" },
		{ "\"parent\":0", "\"parent\":-1" },
		{ "\"parent\":0", "\"parent\":4294967296" },
		{ "\"parent\":2", "\"parent\":9" },
		{ "\"after\":", "\"after\":99999999999999999999" },
		{ "\"after\":", "\"after\":-" },
		{ "\"after\":", "\"after\":9" },
		{ "\"records\":", "\"records\":9" },
		{ "\"records\":", "\"records\":-" },
		{ "\"sum\":\"", "\"sum\":\"x" },
		{ "\"acts\":[", "\"acts\":[1" },
		{ "\"acts\":[", "\"acts\":[\"1:bob.crash\"," },
		{ "\"acts\":[", "\"acts\":[{\"after\":1}," },
		{ "\"acts\":[", "\"acts\":[{\"after\":1,\"on\":\"bob\","
				"\"verb\":\"set\",\"args\":[]}," },
		{ "\"acts\":[", "\"acts\":[{\"after\":1,\"on\":\"bob\","
				"\"verb\":\"set\",\"args64\":{\"a\":\"!\"}}," },
	};
	LOCAL_BUF good = BUF_INIT;
	struct session *s;
	uint64_t random = 1;

	move_in();
	s = some_branches("topologies/two-proxies.gv");
	CU_ASSERT_EQUAL(keep(s, STATE), 0);
	CU_ASSERT_EQUAL(buf_read_file(&good, session_file(s), 1 << 20), 0);
	session_destroy(s);
	s = some_branches(TWO);
	CU_ASSERT_EQUAL(keep(s, STATE), 0);
	buf_clear(&good);
	CU_ASSERT_EQUAL(buf_read_file(&good, session_file(s), 1 << 20), 0);
	session_destroy(s);
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		replaced(buf_view(&good), changes[i][0], changes[i][1]);
	try_file(STR_NULL);
	for (size_t n = 0; n < good.n; n += 1 + good.n / 60)
		try_file(str_slice(buf_view(&good), 0, n));
	/* Single bytes. */
	for (unsigned i = 0; i < 150; i++) {
		struct buf b = BUF_INIT;

		buf_str(&b, buf_view(&good));
		for (unsigned k = 0; k < 1 + i % 4; k++) {
			random = random * 6364136223846793005u +
				 1442695040888963407u;
			b.p[(random >> 33) % b.n] = (char)(random >> 25);
		}
		try_file(buf_view(&b));
		buf_free(&b);
	}
	move_out();
}

/* Many acts, in the worst order; more branches than there can be. */
static void
huge_files(void)
{
	LOCAL_BUF b = BUF_INIT, good = BUF_INIT, acts = BUF_INIT;
	struct session *s = session_of("labs/direct-call");
	ptrdiff_t at;

	move_in();
	CU_ASSERT_EQUAL(keep(s, STATE), 0);
	CU_ASSERT_EQUAL(buf_read_file(&good, session_file(s), 1 << 20), 0);
	session_destroy(s);
	for (unsigned i = 0; i < 200000; i++)
		buf_printf(
		    &acts, "%s\"%u:bob.crash\"", i > 0 ? "," : "", 200000 - i);
	at = str_find(buf_view(&good), "\"branches\"");
	at += str_find(str_slice(buf_view(&good), (size_t)at, good.n),
		  "\"acts\":[") +
	      8;
	buf_str(&b, str_slice(buf_view(&good), 0, (size_t)at));
	buf_str(&b, buf_view(&acts));
	buf_str(&b, str_slice(buf_view(&good), (size_t)at, good.n));
	try_file(buf_view(&b));
	buf_clear(&b);
	buf_str(&b, str_slice(buf_view(&good), 0, good.n - 3));
	for (unsigned i = 0; i < 300; i++)
		buf_puts(&b, ",{\"name\":\"a\",\"parent\":0,\"after\":1,"
			     "\"acts\":[\"1:bob.crash\"]}");
	buf_puts(&b, "]}");
	try_file(buf_view(&b));
	buf_clear(&b);
	buf_fill(&b, '[', 1 << 20);
	try_file(buf_view(&b));
	move_out();
}

/* The file was kept by another rung, which ran the lab otherwise. */
static void
another_run(void)
{
	struct session *s, *again = NULL;
	struct diag d = DIAG_INIT;
	LOCAL_BUF good = BUF_INIT;
	char *at;

	move_in();
	s = session_run(TWO);
	CU_ASSERT_EQUAL(keep(s, STATE), 0);
	CU_ASSERT_EQUAL(buf_read_file(&good, session_file(s), 1 << 20), 0);
	at = strstr(good.p, "\"sum\":\"");
	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	at[7] = at[7] == '0' ? '1' : '0';
	at = strstr(good.p, "\"rung\":\"");
	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	memcpy(at + 8, "0.0.7", 5);
	CU_ASSERT_EQUAL(buf_write_file(&good, session_file(s)), 0);
	CU_ASSERT_EQUAL_FATAL(session_resume(&again, NULL, &d), 0);
	run_out(again, 0, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	session_tell_change(again, 0, &d);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "have changed since rung"));
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "since rung 0.0.7 saved"));
	d = DIAG_INIT;
	session_tell_change(again, 0, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	session_destroy(again);
	session_destroy(s);
	move_out();
}

/* ---- memory ---- */

static void
out_of_memory(void)
{
	struct session *s, *again;
	struct session_entry *list;
	struct diag d;
	size_t n;
	int err = 1;

	move_in();
	s = session_run("labs/direct-call");
	for (unsigned long k = 1; err != 0; k++) {
		d = DIAG_INIT;
		mem_fail_from(k);
		err = session_save(s, STR(STATE), &d);
		mem_fail_from(0);
		CU_ASSERT_TRUE(err == 0 || d.err == ERR_NOMEM);
	}
	err = 1;
	for (unsigned long k = 1; err != 0; k++) {
		d = DIAG_INIT;
		mem_fail_from(k);
		err = session_list(&list, &n, &d);
		mem_fail_from(0);
		CU_ASSERT_TRUE(err == 0 || d.err == ERR_NOMEM);
		session_list_free(list, n);
	}
	for (unsigned long k = 1; k < 3000; k += 1 + k / 40) {
		d = DIAG_INIT;
		mem_fail_from(k);
		err = session_resume(&again, NULL, &d);
		mem_fail_from(0);
		if (err != 0 && d.err != ERR_NOMEM)
			printf("  %lu: %s\n", k, d.text);
		CU_ASSERT_TRUE(err == 0 || d.err == ERR_NOMEM);
		session_destroy(again);
	}
	session_destroy(s);
	move_out();
}

/* A branch that was deleted is in no file; what left it leaves its parent. */
static void
deleted_branches(void)
{
	struct diag d = DIAG_INIT;
	struct session *s, *again;
	size_t a, b, c, parent;
	uint64_t after;

	move_in();
	s = session_run(TWO);
	CU_ASSERT_EQUAL_FATAL(do_crash(s, 0, 90, "alice", &a, &d), 0);
	run_out(s, a, &d);
	CU_ASSERT_EQUAL_FATAL(do_crash(s, a, 60, "bob", &b, &d), 0);
	run_out(s, b, &d);
	CU_ASSERT_EQUAL_FATAL(do_crash(s, b, 70, "bil", &c, &d), 0);
	run_out(s, c, &d);
	CU_ASSERT_EQUAL(keep(s, STATE), 0);
	CU_ASSERT_EQUAL(session_delete(s, 0, &d), ERR_STATE);
	CU_ASSERT_EQUAL(session_delete(s, 4, &d), ERR_RANGE);
	CU_ASSERT_EQUAL(session_delete(s, a, &d), 0);
	CU_ASSERT_EQUAL_FATAL(session_branches(s), 3);
	CU_ASSERT_STRING_EQUAL(session_name(s, 1), "crash bob");
	CU_ASSERT(session_parent(s, 1, &parent, &after));
	CU_ASSERT(parent == 0 && after == 60);
	CU_ASSERT(session_parent(s, 2, &parent, &after));
	CU_ASSERT(parent == 1 && after == 70);
	CU_ASSERT_EQUAL(session_delete(s, 1, &d), 0);
	CU_ASSERT(session_parent(s, 1, &parent, &after));
	CU_ASSERT(parent == 0 && after == 60);
	CU_ASSERT_EQUAL(keep(s, STATE), 0);
	CU_ASSERT_EQUAL_FATAL(session_resume(&again, NULL, &d), 0);
	same_sessions(s, again);
	CU_ASSERT_EQUAL_FATAL(session_branches(again), 2);
	CU_ASSERT_STRING_EQUAL(session_name(again, 1), "crash bil");
	session_destroy(again);
	session_destroy(s);
	move_out();
}

CHECK_MAIN("session_keep", { "comes_back", comes_back },
    { "deleted_branches", deleted_branches }, { "needs_no_lab", needs_no_lab },
    { "comes_back_in_the_middle", comes_back_in_the_middle },
    { "keeps_traces", keeps_traces },
    { "lists_the_newest_first", lists_the_newest_first },
    { "no_place", no_place }, { "bad_states", bad_states },
    { "hostile_files", hostile_files }, { "huge_files", huge_files },
    { "another_run", another_run }, { "out_of_memory", out_of_memory })
