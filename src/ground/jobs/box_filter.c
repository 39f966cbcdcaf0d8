/* What a program in a box may ask of the kernel: seccomp(2), landlock(7). */
#include "jobs/box_in.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/str.h"

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#elif defined(__riscv)
#define MACHINE AUDIT_ARCH_RISCV64
#else
#define MACHINE 0
#endif

/* System calls that no program of a node needs, as few kernels are without
 * faults in them. */
static const int refused[] = { SYS_ptrace, SYS_process_vm_readv,
	SYS_process_vm_writev, SYS_kcmp, SYS_mount, SYS_umount2, SYS_pivot_root,
	SYS_chroot, SYS_unshare, SYS_setns, SYS_add_key, SYS_request_key,
	SYS_keyctl, SYS_bpf, SYS_perf_event_open, SYS_userfaultfd,
	SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load,
	SYS_name_to_handle_at, SYS_open_by_handle_at, SYS_quotactl, SYS_acct,
	SYS_swapon, SYS_swapoff, SYS_reboot, SYS_syslog, SYS_shmget, SYS_semget,
	SYS_msgget, SYS_mq_open, SYS_sethostname, SYS_setdomainname,
	SYS_clock_settime, SYS_settimeofday, SYS_clock_adjtime, SYS_adjtimex,
	SYS_personality, SYS_vhangup, SYS_memfd_create, SYS_inotify_init1,
	SYS_inotify_add_watch, SYS_fanotify_init, SYS_fanotify_mark,
#ifdef SYS_inotify_init
	SYS_inotify_init,
#endif
	/* Others see these: locks of files, which files are in memory, how
	 * many requests the machine has left for its disks. */
	SYS_flock, SYS_preadv2, SYS_mincore, SYS_io_setup, SYS_sync, SYS_syncfs,

	/* io_uring_setup … open_tree … fspick, pidfd_getfd, mount_setattr,
	 * quotactl_fd, memfd_secret, cachestat: the same numbers on all
	 * machines. */
	425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 442, 443, 447, 451 };

/* Of fcntl(2): who opens a file or changes a folder, and more room in a pipe
 * than a process is given. */
static const int refused_commands[] = { F_SETLEASE, F_NOTIFY, F_SETPIPE_SZ };

/* Flags of clone(2). */
#define CLONE_SPACES                                                   \
	(CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | \
	    CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)
#define CLONE3 435
#define X32    0x40000000

#define FIELD(name) offsetof(struct seccomp_data, name)
#define LOAD(name) \
	((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FIELD(name)))
#define JUMP(how, value, yes, no) \
	((struct sock_filter)BPF_JUMP(BPF_JMP | (how) | BPF_K, value, yes, no))
#define RETURN(what) ((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what))
#define REFUSE(why)  RETURN(SECCOMP_RET_ERRNO | (why))

static int
box_filter_calls(void)
{
	struct sock_filter
	    f[26 + 2 * COUNT_OF(refused) + 2 * COUNT_OF(refused_commands)];
	struct sock_fprog whole = { .filter = f };
	unsigned short n = 0;

	f[n++] = LOAD(arch);
	f[n++] = JUMP(BPF_JEQ, MACHINE, 1, 0);
	f[n++] = RETURN(SECCOMP_RET_KILL_PROCESS);
	f[n++] = LOAD(nr);
	f[n++] = JUMP(BPF_JGE, X32, 0, 1);
	f[n++] = REFUSE(EPERM);
	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		f[n++] = JUMP(BPF_JEQ, (unsigned)refused[i], 0, 1);
		f[n++] = REFUSE(EPERM);
	}
	/* Its flags lie in memory; who gets this falls back on clone. */
	f[n++] = JUMP(BPF_JEQ, CLONE3, 0, 1);
	f[n++] = REFUSE(ENOSYS);
	f[n++] = JUMP(BPF_JEQ, SYS_clone, 0, 3);
	f[n++] = LOAD(args[0]);
	f[n++] = JUMP(BPF_JSET, CLONE_SPACES, 0, 5);
	f[n++] = REFUSE(EPERM);
	f[n++] = JUMP(BPF_JEQ, SYS_socket, 0, 3);
	f[n++] = LOAD(args[0]);
	f[n++] = JUMP(BPF_JEQ, AF_UNIX, 1, 0);
	f[n++] = REFUSE(EPERM);
	f[n++] = LOAD(nr);
	f[n++] =
	    JUMP(BPF_JEQ, SYS_fcntl, 0, 1 + 2 * COUNT_OF(refused_commands));
	f[n++] = LOAD(args[1]);
	for (size_t i = 0; i < COUNT_OF(refused_commands); i++) {
		f[n++] = JUMP(BPF_JEQ, (unsigned)refused_commands[i], 0, 1);
		f[n++] = REFUSE(EPERM);
	}
	f[n++] = RETURN(SECCOMP_RET_ALLOW);
	whole.len = n;
	if (MACHINE == 0)
		return ENOSYS;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &whole) != 0 ? errno
								       : 0;
}

/* ---- Landlock, of linux/landlock.h ---- */

#define LAND_EXECUTE  UINT64_C(1)
#define LAND_WRITE    (UINT64_C(1) << 1)
#define LAND_READ     (UINT64_C(3) << 2) /* files, folders */
#define LAND_ALL      UINT64_C(0x1fff)   /* Linux 5.13 */
#define LAND_REFER    UINT64_C(0x2000)   /* 5.19 */
#define LAND_TRUNCATE UINT64_C(0x4000)   /* 6.2 */
#define LAND_NET      UINT64_C(3)        /* 6.7: TCP */
#define LAND_SCOPED   UINT64_C(3)        /* 6.12: sockets, signals */

struct land_rules {
	uint64_t files, net, scoped;
};

struct land_path {
	uint64_t allowed;
	int32_t fd;
} __attribute__((packed));

static void
land_allow(int rules, const char *path, uint64_t what)
{
	struct land_path p = { what, open(path, O_PATH | O_CLOEXEC) };

	if (p.fd >= 0) {
		syscall(SYS_landlock_add_rule, rules, 1, &p, 0);
		close(p.fd);
	}
}

/* A second wall: what the mounts say, and who may be sent signals. */
static void
box_filter_files(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
	struct land_rules r = {
		.files = LAND_ALL | (version >= 2 ? LAND_REFER : 0) |
			 (version >= 3 ? LAND_TRUNCATE : 0),
		.net = version >= 4 ? LAND_NET : 0,
		.scoped = version >= 6 ? LAND_SCOPED : 0,
	};
	int rules;

	if (version < 1)
		return;
	rules = (int)syscall(SYS_landlock_create_ruleset, &r,
	    version >= 6   ? sizeof(r)
	    : version >= 4 ? offsetof(struct land_rules, scoped)
			   : sizeof(r.files),
	    0);
	if (rules < 0)
		return;
	land_allow(rules, "/", LAND_READ | LAND_EXECUTE);
	land_allow(rules, "/dev", LAND_WRITE | (r.files & LAND_TRUNCATE));
	land_allow(rules, "/tmp", r.files);
	syscall(SYS_landlock_restrict_self, rules, 0);
	close(rules);
}

int
box_filter(void)
{
	box_filter_files();
	return box_filter_calls();
}
