/* Files that are whole or not there. */
#include "base/buf.h"
#include "base/err.h"
#include "base/infile.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "fixtures/check.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/rung-outfile-XXXXXX";
static char path[64];

/* What stands there; "" where nothing does. */
static const char *
content(void)
{
	static char text[64];
	FILE *f = fopen(path, "rb");
	size_t n = 0;

	if (f != NULL) {
		n = fread(text, 1, sizeof(text) - 1, f);
		fclose(f);
	}
	text[n] = '\0';
	return text;
}

static int
files(void)
{
	DIR *d = opendir(folder);
	int n = 0;

	while (d != NULL && readdir(d) != NULL)
		n++;
	if (d != NULL)
		closedir(d);
	return n - 2; /* . and .. */
}

/* What was read before, and what is read meanwhile. */
static void
read_here(void)
{
	struct file_ids read = { NULL, 0, 0 };
	LOCAL_BUF text = BUF_INIT;
	struct outfile o;

	file_ids_watch(&read);
	CU_ASSERT_EQUAL(outfile_open(&o, path), 0);
	CU_ASSERT_EQUAL(outfile_write("new", 3, &o), 0);
	CU_ASSERT_EQUAL(buf_look_into_file(&text, path, 64), 0);
	buf_clear(&text);
	CU_ASSERT_EQUAL(outfile_close(&o, true), 0);
	CU_ASSERT_STRING_EQUAL(content(), "new");
	CU_ASSERT_EQUAL(outfile_open(&o, path), 0);
	CU_ASSERT_EQUAL(outfile_write("newer", 5, &o), 0);
	CU_ASSERT_EQUAL(buf_read_file(&text, path, 64), 0);
	CU_ASSERT_EQUAL(outfile_close(&o, true), ERR_EXISTS);
	CU_ASSERT_EQUAL(outfile_open(&o, path), ERR_EXISTS);
	CU_ASSERT_EQUAL(buf_write_file(&text, path), ERR_EXISTS);
	CU_ASSERT_EQUAL(errno, EEXIST);
	CU_ASSERT_STRING_EQUAL(content(), "new");
	CU_ASSERT_EQUAL(files(), 1);
	CU_ASSERT_EQUAL(buf_write_own_file(&text, path), 0);
	CU_ASSERT_STRING_EQUAL(content(), "new");
	CU_ASSERT_EQUAL(read.n, 1);
	file_ids_watch(NULL);
	CU_ASSERT_EQUAL(buf_write_file(&text, path), 0);
	file_ids_free(&read);
}

static void
in_place(void)
{
	struct outfile o;

	unlink(path);
	CU_ASSERT_EQUAL(outfile_open(&o, path), 0);
	CU_ASSERT_EQUAL(outfile_write("one", 3, &o), 0);
	CU_ASSERT_STRING_EQUAL(content(), "");
	CU_ASSERT_EQUAL(outfile_close(&o, true), 0);
	CU_ASSERT_STRING_EQUAL(content(), "one");
	CU_ASSERT_EQUAL(outfile_close(&o, true), 0);
	CU_ASSERT_EQUAL(files(), 1);
}

static void
in_time(void)
{
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/x", folder);
	in_place();
}

static void
given_up(void)
{
	struct outfile o;

	CU_ASSERT_EQUAL(outfile_open(&o, path), 0);
	CU_ASSERT_EQUAL(outfile_write("two", 3, &o), 0);
	CU_ASSERT_EQUAL(outfile_close(&o, false), 0);
	CU_ASSERT_STRING_EQUAL(content(), "one");
	CU_ASSERT_EQUAL(files(), 1);
}

static void
permissions(void)
{
	struct outfile o;
	struct stat st;

	chmod(path, 0604);
	CU_ASSERT_EQUAL(outfile_open(&o, path), 0);
	CU_ASSERT_EQUAL(outfile_close(&o, true), 0);
	CU_ASSERT_EQUAL(stat(path, &st), 0);
	CU_ASSERT_EQUAL(st.st_mode & 0777, 0604);
	CU_ASSERT_EQUAL(st.st_size, 0);
}

static void
no_place(void)
{
	struct outfile o;

	errno = 0;
	CU_ASSERT_EQUAL(outfile_open(&o, "/tmp/rung-none/x"), ERR_IO);
	CU_ASSERT_EQUAL(errno, ENOENT);
	CU_ASSERT_EQUAL(outfile_open(&o, folder), ERR_IO);
	CU_ASSERT_EQUAL(errno, EISDIR);
	CU_ASSERT_EQUAL(outfile_open(&o, ""), ERR_IO);
	if (access("/dev/full", W_OK) == 0) {
		CU_ASSERT_EQUAL(outfile_open(&o, "/dev/full"), 0);
		outfile_write("x", 1, &o);
		CU_ASSERT_EQUAL(outfile_close(&o, true), ERR_IO);
		CU_ASSERT_EQUAL(errno, ENOSPC);
	}
	CU_ASSERT_EQUAL(files(), 1);
}

static void
links(void)
{
	char link_path[80], text[80] = "";
	struct outfile o;
	struct stat st;

	/* To a file that is there, and to one that is not yet. */
	snprintf(link_path, sizeof(link_path), "%s/link", folder);
	for (int i = 0; i < 2; i++) {
		CU_ASSERT_EQUAL(symlink("x", link_path), 0);
		CU_ASSERT_EQUAL(outfile_open(&o, link_path), 0);
		CU_ASSERT_EQUAL(outfile_write("far", 3, &o), 0);
		CU_ASSERT_EQUAL(outfile_close(&o, true), 0);
		CU_ASSERT_EQUAL(readlink(link_path, text, sizeof(text)), 1);
		CU_ASSERT_STRING_EQUAL(content(), "far");
		CU_ASSERT_EQUAL(unlink(link_path), 0);
		CU_ASSERT_EQUAL(unlink(path), 0);
	}
	/* To itself. */
	CU_ASSERT_EQUAL(symlink("link", link_path), 0);
	CU_ASSERT_EQUAL(outfile_open(&o, link_path), ERR_IO);
	CU_ASSERT_EQUAL(errno, ELOOP);
	CU_ASSERT_EQUAL(lstat(link_path, &st), 0);
	CU_ASSERT_EQUAL(unlink(link_path), 0);
	CU_ASSERT_EQUAL(outfile_open(&o, path), 0);
	CU_ASSERT_EQUAL(outfile_write("one", 3, &o), 0);
	CU_ASSERT_EQUAL(outfile_close(&o, true), 0);
}

/* The status of a process that has half written PATH and gets SIG. */
static int
killed_by(int sig)
{
	struct outfile o;
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		if (outfile_open(&o, path) == 0 &&
		    outfile_write("half", 4, &o) == 0 && fflush(o.f) == 0)
			raise(sig);
		_exit(0);
	}
	CU_ASSERT_EQUAL_FATAL(waitpid(pid, &status, 0), pid);
	return status;
}

static void
signals(void)
{
	static const int sigs[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE,
		SIGXCPU };
	struct sigaction now;
	struct outfile o, p;
	int status;

	for (size_t i = 0; i < sizeof(sigs) / sizeof(sigs[0]); i++) {
		status = killed_by(sigs[i]);
		CU_ASSERT(WIFSIGNALED(status) && WTERMSIG(status) == sigs[i]);
		CU_ASSERT_EQUAL(files(), 1);
		CU_ASSERT_STRING_EQUAL(content(), "one");
	}
	/* nohup: what is ignored stays so. */
	signal(SIGHUP, SIG_IGN);
	CU_ASSERT(WIFEXITED(killed_by(SIGHUP)));
	signal(SIGHUP, SIG_DFL);
	/* It came to its end there without outfile_close. */
	if (files() == 2) {
		char text[128];

		snprintf(text, sizeof(text), "rm %s/.rung-*", folder);
		CU_ASSERT_EQUAL(system(text), 0);
	}
	CU_ASSERT_EQUAL(files(), 1);
	/* Two at once, and nothing is left of it behind the last. */
	CU_ASSERT_EQUAL(outfile_open(&o, path), 0);
	CU_ASSERT_EQUAL(outfile_open(&p, path), 0);
	CU_ASSERT_EQUAL(outfile_close(&o, false), 0);
	CU_ASSERT_EQUAL(outfile_close(&p, false), 0);
	sigaction(SIGTERM, NULL, &now);
	CU_ASSERT(now.sa_handler == SIG_DFL);
	CU_ASSERT_EQUAL(files(), 1);
}

/* A file that may grow no more: what stood there stays. */
static void
full(void)
{
	struct rlimit limit = { 4096, RLIM_INFINITY }, old;
	char text[10000] = "";
	struct outfile o;

	getrlimit(RLIMIT_FSIZE, &old);
	limit.rlim_max = old.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &limit);
	CU_ASSERT_EQUAL(outfile_open(&o, path), 0);
	outfile_write(text, sizeof(text), &o);
	CU_ASSERT_EQUAL(outfile_close(&o, true), ERR_IO);
	CU_ASSERT_EQUAL(errno, EFBIG);
	setrlimit(RLIMIT_FSIZE, &old);
	CU_ASSERT_EQUAL(files(), 1);
	CU_ASSERT_STRING_EQUAL(content(), "one");
}

/* All of it once more, as where files must have names. */
static void
named(void)
{
	struct outfile o;

	outfile_always_named(true);
	CU_ASSERT_EQUAL(outfile_open(&o, path), 0);
	CU_ASSERT_EQUAL(files(), 2);
	CU_ASSERT_EQUAL(outfile_close(&o, false), 0);
	unlink(path);
	in_place();
	given_up();
	permissions();
	unlink(path);
	in_place();
	no_place();
	links();
	signals();
	full();
}

/* What was written meanwhile may lack a piece, whoever looked at it. */
static void
lacking(void)
{
	struct outfile o;

	mem_forgive();
	CU_ASSERT_EQUAL(outfile_open(&o, path), 0);
	CU_ASSERT_EQUAL(outfile_write("old", 3, &o), 0);
	CU_ASSERT_EQUAL(outfile_close(&o, true), 0);
	CU_ASSERT_EQUAL(outfile_open(&o, path), 0);
	CU_ASSERT_EQUAL(outfile_write("ne", 2, &o), 0);
	mem_note_failure();
	CU_ASSERT_EQUAL(outfile_close(&o, true), ERR_NOMEM);
	CU_ASSERT_EQUAL(errno, ENOMEM);
	CU_ASSERT_STRING_EQUAL(content(), "old");
	mem_forgive();
	CU_ASSERT_EQUAL(files(), 1);
}

static void
memory(void)
{
	for (int way = 0; way < 2; way++) {
		bool made = false;

		outfile_always_named(way == 1);
		for (unsigned long n = 1; !made && n < 10; n++) {
			struct outfile o;
			int err;

			mem_fail_from(n);
			err = outfile_open(&o, path);
			if (err == 0)
				err = outfile_close(&o, true);
			mem_fail_from(0);
			made = err == 0;
			CU_ASSERT(made || err == ERR_NOMEM || errno == ENOMEM);
			CU_ASSERT_EQUAL(outfile_close(&o, false), 0);
			CU_ASSERT_EQUAL(files(), 1);
		}
		CU_ASSERT(made);
	}
	unlink(path);
	rmdir(folder);
}

CHECK_MAIN("outfile", { "in its place at the end", in_time },
    { "given up", given_up }, { "permissions", permissions },
    { "one again", in_place }, { "no place", no_place }, { "links", links },
    { "signals", signals }, { "full", full }, { "with a name", named },
    { "a piece is lacking", lacking }, { "read here", read_here },
    { "memory", memory })
