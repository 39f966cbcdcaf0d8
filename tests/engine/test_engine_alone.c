/*
 * An engine that does all it can opens no file, begins no process and writes
 * nothing: the kernel ends what does.
 */
#include "engine_lab.h"

#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "views/panes/panes.h"

#include <errno.h>
#include <iconv.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef MACHINE
/* What opens files, begins processes, asks terminals, writes, or tells the time
 * ends this process with SIGSYS from now on. */
static bool
seal(void)
{
	static const int barred[] = {
		SYS_openat,
		SYS_execve,
		SYS_execveat,
		SYS_clone,
		SYS_clone3,
		SYS_socket,
		SYS_connect,
		SYS_ioctl,
		SYS_write,
		SYS_writev,
		SYS_pwrite64,
		SYS_read,
		SYS_unlinkat,
		SYS_mkdirat,
		SYS_renameat2,
		SYS_kill,
		SYS_faccessat,
#ifdef __x86_64__
		SYS_open,
		SYS_creat,
		SYS_fork,
		SYS_vfork,
		SYS_unlink,
		SYS_rename,
		SYS_mkdir,
		SYS_access,
		SYS_stat,
#endif
	};
	enum { MANY = sizeof(barred) / sizeof(barred[0]) };
	struct sock_filter code[MANY * 2 + 4];
	struct sock_fprog program = { .filter = code };
	unsigned short n = 0;

	code[n++] = (struct sock_filter)BPF_STMT(
	    BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < MANY; i++) {
		code[n++] = (struct sock_filter)BPF_JUMP(
		    BPF_JMP | BPF_JEQ | BPF_K, (unsigned)barred[i], 0, 1);
		code[n++] = (struct sock_filter)BPF_STMT(
		    BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	}
	code[n++] =
	    (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	program.len = n;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/* All that the engine can do with LAB: 0, or the place where it failed. */
static int
do_all(const struct engine_lab *lab)
{
	const struct engine_inputs in = {
		.texts = lab->list, .ntexts = lab->n, .student = "2023001"
	};
	const struct act crash = { .on = "alice", .verb = "crash" };
	const struct engine_question next = { .asks = ENGINE_NEXT };
	const struct engine_question lesson = { .asks = ENGINE_LESSON };
	struct engine_work work = { .answers = ANSWERS_INIT };
	const struct engine_question task = { .asks = ENGINE_TASK,
		.work = &work };
	struct diag d = DIAG_INIT;
	struct engine_progress p;
	struct buf out = BUF_INIT;
	struct engine_branch b;
	struct engine *e;

	if (engine_open(&e, &in, &d) != 0 ||
	    engine_advance(e, 0, 0, &p, &d) != 0 || !engine_branch(e, 0, &b))
		return 2;
	if (engine_records(e, 0, 0, &out, &d) != 0 ||
	    engine_svg(e, 0, NULL, NULL, &out, &d) != 0)
		return 3;
	for (size_t i = 0; pane_at(i) != NULL; i++) {
		const struct engine_view v = { .seq = b.records / 2 };
		struct doc doc = DOC_INIT;

		if (engine_doc(e, &v, pane_at(i)->word, &doc, &d) != 0)
			return 4;
		doc_free(&doc);
	}
	if (engine_question(e, &next, &out, &d) == 0 &&
	    engine_verdict(e, &next, STR("1"), &out, &d) != 0)
		return 5;
	if (engine_question(e, &lesson, &out, &d) == 0 &&
	    (engine_verdict(e, &task, STR("a"), &out, &d) != 0 ||
		engine_handin(e, &work, "", &out, &d) != 0))
		return 6;
	/* Not every lab has an alice. */
	if (engine_act(e, 0, b.records / 2, &crash, &d) == 0)
		engine_advance(e, ENGINE_ACT, 0, &p, &d);
	answers_free(&work.answers);
	engine_close(e);
	buf_free(&out);
	return 0;
}

static void
stays_alone(const char *file)
{
	struct engine_lab lab;
	int status = -1;
	pid_t child;

	/* The board's processor is a library that is loaded then. */
	if (lab_is_slow(file))
		return;
	CU_ASSERT_TRUE_FATAL(engine_lab_read(&lab, file));
	fflush(NULL);
	child = fork();
	if (child == 0)
		_exit(seal() ? do_all(&lab) : 77);
	CU_ASSERT_TRUE_FATAL(child > 0);
	CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
	if (WIFSIGNALED(status))
		printf("  %s: signal %d\n", file, WTERMSIG(status));
	CU_ASSERT_TRUE(WIFEXITED(status) &&
		       (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 77));
	engine_lab_free(&lab);
}

/* What reads GB 18030, for bodies of GB/T 28181, the C library loads when it is
 * first asked for. */
static void
load_charsets(void)
{
	iconv_t from = iconv_open("UTF-8", "GB18030"),
		to = iconv_open("GB18030", "UTF-8");

	CU_ASSERT(iconv_close(from) == 0 && iconv_close(to) == 0);
}

/* The seal holds: who opens a file under it is gone. */
static bool
seal_holds(void)
{
	int status = -1;
	pid_t child;

	fflush(NULL);
	child = fork();
	if (child == 0) {
		if (!seal())
			_exit(77);
		_exit(fopen("/dev/null", "r") != NULL);
	}
	return child > 0 && waitpid(child, &status, 0) == child &&
	       WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
}
#endif

static void
no_file_no_process_no_terminal(void)
{
#ifdef MACHINE
	if (!IS_SANITIZED && seal_holds()) {
		load_charsets();
		labs_each_nth(stays_alone, true, 2);
		return;
	}
#endif
	check_skip("the kernel bars no system calls here");
}

CHECK_MAIN("engine_alone",
    { "no file, no process, no terminal", no_file_no_process_no_terminal })
