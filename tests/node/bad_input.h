/* For tests of bad input: a domain whose nodes serve a call and a registration
 * as ever behind it. */
#ifndef BAD_INPUT_H
#define BAD_INPUT_H

#include "fixtures/tcp_tester.h"

static struct stage suffering;
static struct tcp_tester sender_tcp;
static struct tester *const sender = &sender_tcp.t;
static unsigned sender_serial;

#define BOB "sip:bob@b.example"

/* `prx` serves b.example, where alice and bob are; the tester is host 9. */
static inline void
start(const char *attrs)
{
	stage_open(&suffering);
	tcp_tester_open(&suffering, &sender_tcp, "tester", 9, true);
	world_add_domain(suffering.w, "b.example",
	    stage_node(&suffering, "prx", "proxy registrar location",
		"b.example", 2, attrs));
	stage_node(&suffering, "sl", "proxy", "s.example", 3, "stateless=true");
	stage_node(&suffering, "red", "redirect location registrar",
	    "r.example", 4, "");
	stage_node(&suffering, "bob", "ua", "b.example", 5,
	    "aor=sip:bob@b.example password=x answer=20ms hangup=200ms");
	stage_node(&suffering, "alice", "ua", "b.example", 6,
	    "aor=sip:alice@b.example password=x");
}

/* The rest of the run: a registration, and a call by way of it. */
static inline void
suffers_not(void)
{
	size_t calls = stage_count(&suffering, KIND("call"), NODE("alice"),
		   "\"state\":\"confirmed\""),
	       bound = stage_count(&suffering, KIND("binding"), NODE("prx"),
		   "sip:bob@192.0.2.5");

	stage_do(&suffering, "prx", "unbind", NULL, "aor", "bob", NULL);
	CU_ASSERT_EQUAL(stage_do(&suffering, "bob", "register", NULL, NULL), 0);
	stage_run(&suffering, 300);
	CU_ASSERT(stage_count(&suffering, KIND("binding"), NODE("prx"),
		      "sip:bob@192.0.2.5") > bound);
	STAGE_CALL(&suffering, "alice", BOB, 1000);
	CU_ASSERT_EQUAL(stage_count(&suffering, KIND("call"), NODE("alice"),
			    "\"state\":\"confirmed\""),
	    calls + 1);
}

static inline void
stop(void)
{
	suffers_not();
	STAGE_STOP(&suffering, 200000);
	tcp_tester_close(&sender_tcp);
}

static inline bool
check(const char *name, const char *what, unsigned is, unsigned want)
{
	if (is != want)
		printf("  %s: %s %u instead of %u\n", name, what, is, want);
	return is == want;
}

/* How often it is in the trace, and was when this was called before. */
static inline unsigned
more(const char *what)
{
	static size_t seen[2];
	static const char *of;

	seen[0] = of == what ? seen[1] : 0;
	of = what;
	seen[1] = stage_count(&suffering, what, NULL, NULL);
	return (unsigned)(seen[1] - seen[0]);
}

/* LINES so often: ~ is a new number each time, # stands for 4,500 bytes. */
static inline void
repeat(struct buf *b, const char *lines, unsigned times)
{
	for (; times > 0; times--) {
		for (const char *p = lines; *p != '\0'; p++) {
			if (*p == '~')
				buf_printf(b, "%u", ++sender_serial);
			else if (*p == '#')
				buf_printf(b, "%04500d", 0);
			else
				buf_putc(b, *p);
		}
	}
}

/* Every LF of TEXT with a CR before it. */
static inline void
add_lines(struct buf *b, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\n')
			buf_putc(b, '\r');
		buf_putc(b, *text);
	}
}

#endif
