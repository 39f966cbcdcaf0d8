/*
 * One allocation that fails gave another simulation, an explanation with blank
 * sentences, a figure without an arrow, and status 0.
 *
 * Each command is run in a child, in this process' memory, as often as it
 * allocates, and in the n-th child the n-th allocation alone fails.  What then
 * ends with status 0 (or, of a comparison, 1) wrote the same bytes as with
 * memory; anything else said a sentence on standard error.  `make test` takes
 * a sample of the points; ALLOCATIONS=N takes N times as many, ALLOCATIONS=all
 * each.
 */
#define main program_main
int program_main(int argc, char **argv);
#include "cli/main.c"
#undef main

#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"

#include "fixtures/check.h"
#include "fixtures/class_made.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define WORDS_MAX 12
/* Of each command in the sample: where one allocation fails, and where all
 * after it do, which ends a command soon.  They are not the same points. */
#define SAMPLE_ONE 4
#define SAMPLE_ALL 2

/* Of the commands one in so many, where a run of the tests takes a part. */
#define PARTS 4

/* In the folder of this test's files. */
#define MADE "%"

struct command {
	const char *words[WORDS_MAX];
	const char *file; /* what it writes besides, may be a folder, or NULL */
};

/* What the others read. */
static const struct command makers[] = {
	{ { "run", "-q", "-o", MADE "call", "labs/direct-call" }, NULL },
	{ { "run", "-q", "-o", MADE "call.gz", "labs/direct-call" }, NULL },
	{ { "run", "-q", "-o", MADE "busy", "labs/busy" }, NULL },
	{ { "export", "-f", "pcapng", "-o", MADE "call.pcapng",
	      "labs/two-proxies" },
	    NULL },
	{ { "copy", "labs/direct-call", MADE "mine", "--student=7" }, NULL },
	{ { "hand-in", MADE "mine", "-o", MADE "work.rung" }, NULL },
	{ { "report", MADE "mine", "-o", MADE "report.md" }, NULL },
	{ { "new", "lab", MADE "own" }, NULL },
	{ { "copy", MADE "own", MADE "tried", "--student=7" }, NULL },
	{ { "sweep", "labs/direct-call", "--seed=1..3", "--set", "loss=0,9%",
	      "-o", MADE "sweep" },
	    NULL },
};

static const struct command commands[] = {
	{ { "run", "labs/direct-call" }, NULL },
	{ { "run", "-q", "-o", MADE "out", "labs/direct-call" }, MADE "out" },
	{ { "run", "-q", "-o", MADE "out.gz", "labs/direct-call" },
	    MADE "out.gz" },
	{ { "run", "-q", MADE "call.gz" }, NULL },
	{ { "explain", MADE "call.gz", "3" }, NULL },
	{ { "run", "labs/two-proxies" }, NULL },
	{ { "sweep", "--part=all", MADE "sweep" }, MADE "sweep/table.csv" },
	{ { "sweep", "--part=all", MADE "sweep" }, MADE "sweep/failures.svg" },
	{ { "sweep", "-o", MADE "sweep", "--plan" }, NULL },
	{ { "run", "labs/torn-tcp" }, NULL },
	{ { "run", "--until=3min", "topologies/outbound.gv" }, NULL },
	{ { "run", "--until=30s", "topologies/stun.gv" }, NULL },
	{ { "run", "labs/transfer" }, NULL },
	{ { "run", "labs/update" }, NULL },
	{ { "run", "labs/session-timer" }, NULL },
	{ { "run", "labs/pick-up" }, NULL },
	{ { "run", "labs/rfc5359-2.5" }, NULL },
	{ { "run", "labs/dtmf" }, NULL },
	{ { "run", "labs/instant-message" }, NULL },
	{ { "run", "labs/presence" }, NULL },
	{ { "run", "topologies/script.gv" }, NULL },
	{ { "run", "topologies/gb28181.gv" }, NULL },
	{ { "run", "topologies/ims.gv" }, NULL },
	{ { "run", "labs/voice-mail" }, NULL },
	{ { "run", "labs/voice-menu" }, NULL },
	{ { "run", "labs/registration-events" }, NULL },
	{ { "run", "labs/lost-messages" }, NULL },
	{ { "run", "-q", "-o", MADE "out", "--until=3s", "labs/handset-call" },
	    MADE "out" },
	{ { "run", "-q", "--until=1ms", "--set=core1--core2.loss=1%",
	      "topologies/twenty.gv" },
	    NULL },
	{ { "run", "--until=1s", "topologies/credentials.gv" }, NULL },
	{ { "export", "--what=topology", "-f", "gv", "topologies/fork.gv" },
	    NULL },
	{ { "inspect", MADE "call" }, NULL },
	{ { "inspect", "-f", "html", MADE "busy" }, NULL },
	{ { "inspect", "--with=matrix", "examples/calls.pcap" }, NULL },
	{ { "inspect", "-f", "json", "--sample=1", MADE "call.pcapng" }, NULL },
	{ { "show", MADE "call" }, NULL },
	{ { "show", MADE "call", "12" }, NULL },
	{ { "show", MADE "call", "INVITE@alice", "--layers" }, NULL },
	{ { "show", "--calls", MADE "call" }, NULL },
	{ { "show", "-l", MADE "call" }, NULL },
	{ { "show", "-m", MADE "call" }, NULL },
	{ { "show", "--at=1s", MADE "call" }, NULL },
	{ { "explain", MADE "call", "30" }, NULL },
	{ { "export", "-f", "txt", "-m", MADE "call" }, NULL },
	{ { "export", "-f", "svg", MADE "call" }, NULL },
	{ { "export", "-f", "svg", "-o", MADE "out", "--mark=transaction",
	      "--with=timers", "--with=states", "-m", MADE "call" },
	    MADE "out" },
	{ { "export", "-f", "txt", "--mark=transaction", "--mark=phase",
	      MADE "call" },
	    NULL },
	{ { "export", "-f", "html", MADE "call" }, NULL },
	{ { "export", "-f", "md", "-m", MADE "call" }, NULL },
	{ { "export", "-f", "mmd", MADE "call" }, NULL },
	{ { "export", "-f", "puml", MADE "call" }, NULL },
	{ { "export", "-f", "gv", MADE "call" }, NULL },
	{ { "export", "-f", "json", MADE "call" }, NULL },
	{ { "export", "-f", "pcapng", MADE "call" }, NULL },
	{ { "export", "--what=topology", "-f", "gv", MADE "call" }, NULL },
	{ { "export", "--what=machines", "-f", "gv", MADE "call" }, NULL },
	{ { "export", "--what=topology", "-f", "svg", MADE "call" }, NULL },
	{ { "export", "-f", "pdf", MADE "call" }, NULL },
	{ { "diff", MADE "call", MADE "busy" }, NULL },
	{ { "diff", "-f", "svg", MADE "call", MADE "busy" }, NULL },
	{ { "diff", "-f", "json", MADE "call", MADE "call" }, NULL },
	{ { "parse", MADE "message" }, NULL },
	{ { "parse", "examples/turn.sip" }, NULL },
	{ { "show", MADE "call.pcapng" }, NULL },
	{ { "show", "--calls", MADE "call.pcapng" }, NULL },
	{ { "show", "-l", MADE "call.pcapng" }, NULL },
	{ { "export", "-f", "trace", MADE "call.pcapng" }, NULL },
	{ { "export", "-f", "trace", MADE "log" }, NULL },
	{ { "new", "lab", MADE "out" }, MADE "out" },
	{ { "new", "topology", MADE "out.gv" }, MADE "out.gv" },
	{ { "copy", MADE "own", MADE "out" }, MADE "out" },
	{ { "check", MADE "tried" }, NULL },
	{ { "check", "labs/direct-call" }, NULL },
	{ { "check", "--teacher", "--student=1", "lost-messages" }, NULL },
	{ { "check", MADE "work.rung" }, NULL },
	{ { "check", MADE "report.md" }, NULL },
	{ { "check", MADE "work.rung", "-o", MADE "out.csv" }, MADE "out.csv" },
	{ { "hand-in", MADE "mine", "-o", MADE "out" }, MADE "out" },
	{ { "report", MADE "mine", "-o", MADE "out.html" }, MADE "out.html" },
	{ { "report", MADE "mine", "-o", MADE "out.md" }, MADE "out.md" },
	{ { "worksheet", "direct-call", "-o", MADE "out.md" }, MADE "out.md" },
	{ { "worksheet", "busy", "--teacher", "-o", MADE "out.html" },
	    MADE "out.html" },
	{ { "worksheet", "busy", "--roster", MADE "class.csv", "-o",
	      MADE "out.md" },
	    MADE "out.md" },
	{ { "worksheet", "direct-call", "-o", MADE "out.gift" },
	    MADE "out.gift" },
	{ { "help", "run" }, NULL },
	{ { "check", "--class", MADE "handed", "--roster", MADE "pupils.csv",
	      "--deadline=2026-11-30", "-o", MADE "out.html" },
	    MADE "out.html" },
	{ { "check", "--class", MADE "handed", "--roster", MADE "pupils.csv",
	      "-o", MADE "out.csv" },
	    MADE "out.csv" },
	{ { "check", "--class", MADE "handed", "-o", MADE "out.json" },
	    MADE "out.json" },
};
#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

/* Whose work is that of the processes it begins, in each of which the n-th
 * allocation fails as well. */
static const struct command with_others = {
	{ "check", "--class", MADE "handed", "--roster", MADE "pupils.csv" },
	NULL,
};

#define INVITE                                                      \
	"INVITE sip:bob@b.example SIP/2.0\r\n"                      \
	"Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa;rport\r\n" \
	"Max-Forwards: 70\r\n"                                      \
	"From: \"Alice\" <sip:alice@a.example>;tag=1\r\n"           \
	"To: <sip:bob@b.example>\r\n"                               \
	"Call-ID: x@192.0.2.1\r\n"                                  \
	"CSeq: 1 INVITE\r\n"                                        \
	"Contact: <sip:alice@192.0.2.1>\r\n"                        \
	"Allow: INVITE, ACK, BYE, CANCEL\r\n"                       \
	"Content-Length: 0\r\n\r\n"

static char folder[] = "/tmp/rung-allocation-XXXXXX";

/* What a child leaves.  What it wrote is mapped, not copied: what was once on
 * the heap is kept there by AddressSanitizer, and each child takes over a page
 * table of it. */
struct ending {
	int status; /* of the program, or 128 and a signal */
	struct str out, err, file;
};

/* Set by a child. */
static unsigned long *allocations;

/* Of a walk. */
static unsigned long points, wrong, told;

static void
unmap(struct str s)
{
	if (s.n > 0)
		munmap((void *)(uintptr_t)s.p, s.n);
}

static void
ending_free(struct ending *e)
{
	unmap(e->out);
	unmap(e->err);
	unmap(e->file);
}

static void
name_made(const char *word, char (*to)[128])
{
	if (word[0] == MADE[0])
		snprintf(*to, sizeof(*to), "%s/%s", folder, word + 1);
	else
		snprintf(*to, sizeof(*to), "%s", word);
}

/* The program, in a child whose n-th allocation fails; never returns. */
static void
be_program(const struct command *c, void (*fail)(unsigned long n),
    unsigned long n, int out, int err)
{
	char name[] = "rung", words[WORDS_MAX][128];
	char *argv[WORDS_MAX + 2] = { name };
	int argc = 1, status;

	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	for (size_t i = 0; i < WORDS_MAX && c->words[i] != NULL; i++) {
		name_made(c->words[i], &words[i]);
		argv[argc++] = words[i];
	}
	fail(n);
	status = program_main(argc, argv);
	*allocations = mem_count();
	fflush(stdout);
	_exit(status);
}

/* All of FD, which is closed; nothing of a folder. */
static struct str
map_back(int fd)
{
	struct stat st;
	struct str s = { "", 0 };

	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size > 0) {
		s.n = (size_t)st.st_size;
		s.p = mmap(NULL, s.n, PROT_READ, MAP_PRIVATE, fd, 0);
		CU_ASSERT_TRUE_FATAL(s.p != MAP_FAILED);
	}
	if (fd >= 0)
		close(fd);
	return s;
}

static void
run_program(const struct command *c, void (*fail)(unsigned long n),
    unsigned long n, struct ending *e)
{
	int out = memfd_create("out", 0), err = memfd_create("err", 0);
	int status = 0;
	char file[128] = "";
	pid_t child;

	memset(e, 0, sizeof(*e));
	if (c->file != NULL) {
		name_made(c->file, &file);
		folder_remove(file);
	}
	fflush(stdout);
	child = fork();
	if (child == 0)
		be_program(c, fail, n, out, err);
	CU_ASSERT_TRUE_FATAL(child > 0 && waitpid(child, &status, 0) == child);
	e->status =
	    WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
	e->out = map_back(out);
	e->err = map_back(err);
	if (c->file != NULL)
		e->file = map_back(open(file, O_RDONLY));
}

/* What is wrong with E, which ended without an allocation; NULL: nothing. */
static const char *
judge_compare_runs(const struct ending *e, const struct ending *whole)
{
	if (e->status > 128)
		return "died";
	if (e->status == CLI_USAGE)
		return str_starts(e->err, "rung: ") ? NULL : "says nothing";
	if (e->status != whole->status)
		return "has another status";
	return str_eq(e->out, whole->out) && str_eq(e->err, whole->err) &&
		       str_eq(e->file, whole->file)
		   ? NULL
		   : "wrote other bytes as if nothing had happened";
}

static void
say_wrong(const struct command *c, unsigned long n, const char *what,
    const struct ending *e)
{
	printf("BAD ");
	for (size_t i = 0; i < WORDS_MAX && c->words[i] != NULL; i++)
		printf("%s ", c->words[i]);
	printf("at %lu: %s (status %d: %.*s)\n", n, what, e->status,
	    STR_ARG(e->err));
}

/* How many allocations C makes. */
static unsigned long
count_own(const struct command *c, struct ending *whole)
{
	run_program(c, mem_fail_only, 0, whole);
	CU_ASSERT_TRUE_FATAL(whole->status <= CLI_FAILED);
	return *allocations;
}

/* As many as C or a process of it makes, or up to twice as many: of those of
 * its processes there is no count, but with one more than that none fails. */
static unsigned long
count_with_others(const struct command *c, struct ending *whole)
{
	unsigned long most = count_own(c, whole);
	struct ending e = { .status = CLI_USAGE };

	while (e.status == CLI_USAGE) {
		most *= 2;
		run_program(c, mem_fail_only, most, &e);
		ending_free(&e);
	}
	return most;
}

/* Of each command, of with_others last, what it does with memory. */
static struct {
	unsigned long most;
	struct ending whole;
} counted[COMMANDS + 1];

static void
counts_what_is_allocated(void)
{
	for (size_t i = 0; i < COMMANDS; i++)
		counted[i].most = count_own(&commands[i], &counted[i].whole);
	counted[COMMANDS].most =
	    count_with_others(&with_others, &counted[COMMANDS].whole);
}

/* C as often as COUNT, or with ALL for each of the MOST allocations that it
 * makes, each time without what FAIL takes.  Counts what went wrong, and where.
 */
static void
walk(const struct command *c, unsigned long most, const struct ending *whole,
    void (*fail)(unsigned long n), unsigned long count, bool all)
{
	unsigned long step = all ? 1 : most / count + 1;
	struct ending e;

	for (unsigned long n = 1 + step / 2; n <= most; n += step) {
		const char *what;

		run_program(c, fail, n, &e);
		what = judge_compare_runs(&e, whole);
		if (what != NULL)
			say_wrong(c, n, what, &e);
		wrong += what != NULL;
		points++;
		told += e.status == CLI_USAGE;
		ending_free(&e);
	}
}

static void
each_is_told(void (*fail)(unsigned long n), unsigned long count)
{
	const char *often = getenv("ALLOCATIONS");
	unsigned long times = often != NULL ? strtoul(often, NULL, 10) : 1;
	bool all = often != NULL && strcmp(often, "all") == 0;

	count *= times > 0 ? times : 1;
	points = wrong = told = 0;
	for (size_t i = 0; i <= COMMANDS; i++)
		if (check_is_due(i, PARTS))
			walk(i < COMMANDS ? &commands[i] : &with_others,
			    counted[i].most, &counted[i].whole, fail, count,
			    all);
	printf("  %lu allocations, %lu wrong\n", points, wrong);
	CU_ASSERT_EQUAL(wrong, 0);
}

static void
one_is_told(void)
{
	each_is_told(mem_fail_only, SAMPLE_ONE);
}

static void
one_and_all_after_it_are_told(void)
{
	each_is_told(mem_fail_from, SAMPLE_ALL);
}

static void
without_any_memory_is_told(void)
{
	for (size_t i = 0; i < COMMANDS; i++) {
		struct ending e;

		run_program(&commands[i], mem_fail_from, 1, &e);
		CU_ASSERT_EQUAL(e.status, CLI_USAGE);
		CU_ASSERT_TRUE(str_is(e.err, "rung: out of memory\n"));
		CU_ASSERT_EQUAL(e.out.n, 0);
		ending_free(&e);
	}
}

/* ---- before and after ---- */

static void
write_text(const char *name, const char *text)
{
	char file[128];
	LOCAL_BUF b = BUF_INIT;

	name_made(name, &file);
	buf_puts(&b, text);
	CU_ASSERT_EQUAL(buf_write_file(&b, file), 0);
}

/* A class in which work is copied, late, of others, and a roster that is not
 * as it should be. */
static void
make_class(void)
{
	static const char *const labs[] = { "labs/direct-call", "labs/busy" };
	static const struct made_student people[] = { { MADE_USUAL, 0 },
		{ MADE_COPY, 0 }, { MADE_SABOTEUR, 0 }, { MADE_NAMELESS, 0 } };
	const struct made_class made = { labs, 2, people, 4, 1 };
	char handed[128];

	name_made(MADE "handed", &handed);
	CU_ASSERT_EQUAL(mkdir(handed, 0700), 0);
	made_class_write(&made, handed);
	write_text(MADE "pupils.csv",
	    "id,name,class\n20230001,Ann,1\n20230001,Ann,1\n20230002,Bo,1\n"
	    "-,Cy,2\n20230009,Di,2\n\"open");
}

/* In a child, too, which takes with it what this has had on the heap. */
static void
make_class_apart(void)
{
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		make_class();
		_exit(CU_get_number_of_failures() != 0);
	}
	CU_ASSERT_TRUE(child > 0 && waitpid(child, &status, 0) == child);
	CU_ASSERT_EQUAL_FATAL(status, 0);
}

static void
makes_what_is_read(void)
{
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
	allocations = mmap(NULL, sizeof(*allocations), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CU_ASSERT_TRUE_FATAL(allocations != MAP_FAILED);
	/* What a command leaves there is found in the end. */
	CU_ASSERT_EQUAL(setenv("TMPDIR", folder, 1), 0);
	CU_ASSERT_EQUAL(setenv("XDG_STATE_HOME", folder, 1), 0);
	/* Hand-ins and reports say when they were made, which is to be the
	 * same however long this takes. */
	CU_ASSERT_EQUAL(setenv("SOURCE_DATE_EPOCH", "1800000000", 1), 0);
	make_class_apart();
	write_text(MADE "message", INVITE);
	write_text(MADE "class.csv", "id,name\n1,A\n2,B\n");
	write_text(MADE "log", "2020-01-01 00:00:00 received:\n" INVITE);
	for (size_t i = 0; i < sizeof(makers) / sizeof(makers[0]); i++) {
		struct ending e;

		run_program(&makers[i], mem_fail_only, 0, &e);
		CU_ASSERT_EQUAL_FATAL(e.status, 0);
		ending_free(&e);
	}
}

/* The folder NAME, which has files alone. */
static void
remove_files(const char *name)
{
	char path[200], file[500];
	const struct dirent *e;
	DIR *dir;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	dir = opendir(path);
	while (dir != NULL && (e = readdir(dir)) != NULL) {
		snprintf(file, sizeof(file), "%s/%s", path, e->d_name);
		unlink(file);
	}
	if (dir != NULL)
		closedir(dir);
	CU_ASSERT_EQUAL(rmdir(path), 0);
}

static void
leaves_nothing(void)
{
	static const char *const names[] = { "message", "log", "call", "busy",
		"call.gz", "call.pcapng", "class.csv", "out.csv", "out",
		"out.gz", "work.rung", "report.md", "out.md", "out.html",
		"out.gift", "out.gv", "out.json", "pupils.csv" };
	char file[128];

	for (size_t i = 0; i <= COMMANDS; i++)
		ending_free(&counted[i].whole);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(file, sizeof(file), "%s/%s", folder, names[i]);
		unlink(file);
	}
	name_made(MADE "handed", &file);
	folder_remove(file);
	remove_files("sweep");
	remove_files("mine");
	remove_files("own");
	remove_files("tried");
	remove_files("rung");
	CU_ASSERT_EQUAL(rmdir(folder), 0);
}

CHECK_MAIN("failed_allocation", { "makes what is read", makes_what_is_read },
    { "counts what is allocated", counts_what_is_allocated },
    { "one is told", one_is_told },
    { "one and all after it are told", one_and_all_after_it_are_told },
    { "without any memory is told", without_any_memory_is_told },
    { "leaves nothing", leaves_nothing })
