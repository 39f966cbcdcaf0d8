/*
 * The timers of the four machines fire at the times of RFC 3261 Table 4 and
 * RFC 6026, under virtual time, whether or not the machine's own clock goes on
 * meanwhile.
 */
#include "fixtures/sip_world.h"

#include "rules/rule_names.h"

#include <unistd.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define SENT_AT(w, ...)                                         \
	do {                                                    \
		static const int64_t at[] = { __VA_ARGS__ };    \
                                                                \
		CU_ASSERT(sip_world_sent_at(w, at, COUNT(at))); \
	} while (0)

/* Runs to T_MS, with real pauses between slices when PAUSES. */
static void
run(struct sip_world *w, int64_t t_ms, bool pauses)
{
	for (int64_t t = 250; pauses && t < t_ms; t += 4250) {
		sip_world_run(w, t);
		usleep(20000);
	}
	sip_world_run(w, t_ms);
}

static void
unanswered(const char *method, bool pauses)
{
	struct sip_world w;
	struct sip_bytes *request;
	bool invite = strcmp(method, "INVITE") == 0;

	sip_world_open(&w);
	CU_ASSERT_FATAL(sip_world_start(&w, method, &request) != NULL);
	run(&w, 31999, pauses);
	CU_ASSERT(w.failures == 0);
	run(&w, 32000, pauses);
	CU_ASSERT(w.failures == 1 && w.ends == 1);
	run(&w, 100000, false);
	if (invite) { /* Timer A doubles; Timer B */
		SENT_AT(&w, 0, 500, 1500, 3500, 7500, 15500, 31500);
	} else { /* Timer E doubles up to T2; Timer F */
		SENT_AT(&w, 0, 500, 1500, 3500, 7500, 11500, 15500, 19500,
		    23500, 27500, 31500);
	}
	CU_ASSERT(w.sent[0].retx == 0 && w.sent[1].retx == 1001);
	CU_ASSERT(w.sent[6].retx == 1001);
	CU_ASSERT(sim_held(w.sim) == 0);
	sip_bytes_unref(request);
	sip_world_close(&w);
}

static void
invite_unanswered(void)
{
	unanswered("INVITE", false);
	unanswered("INVITE", true);
}

/* 17.1.1.2: a 1xx ends Timers A and B: nothing fires any more. */
static void
invite_proceeding(void)
{
	struct sip_world w;
	struct sip_bytes *request;

	sip_world_open(&w);
	sip_world_start(&w, "INVITE", &request);
	sip_world_at(&w, 700);
	sip_world_answer(&w, request, 180, "x");
	sip_world_run(&w, 1000000);
	SENT_AT(&w, 0, 500);
	CU_ASSERT(w.failures == 0 && w.responses == 1);
	CU_ASSERT(sip_world_traced(&w, "\"op\":\"stop\",\"name\":\"A\"") == 1);
	CU_ASSERT(sip_world_traced(&w, "\"op\":\"stop\",\"name\":\"B\"") == 1);
	CU_ASSERT(sim_held(w.sim) == 1);
	sip_bytes_unref(request);
	sip_world_close(&w);
}

/* Timer D: 32 s in which each copy of the 486 gets the ACK again. */
static void
invite_refused(void)
{
	struct sip_world w;
	struct sip_bytes *request;

	sip_world_open(&w);
	sip_world_start(&w, "INVITE", &request);
	sip_world_at(&w, 100);
	sip_world_answer(&w, request, 486, "x");
	sip_world_at(&w, 600);
	sip_world_answer(&w, request, 486, "x");
	sip_world_at(&w, 32099);
	sip_world_answer(&w, request, 486, "x");
	CU_ASSERT(w.ends == 0);
	sip_world_at(&w, 32100);
	CU_ASSERT(w.ends == 1 && w.responses == 1);
	sip_world_answer(&w, request, 486, "x");
	SENT_AT(&w, 0, 100, 600, 32099);
	CU_ASSERT(str_starts(str_of(w.sent[1].text), "ACK "));
	CU_ASSERT(w.sent[1].why == RULE_ICT_ACK && w.sent[1].retx == 0);
	CU_ASSERT(w.sent[2].retx == 1002 && w.sent[3].retx == 1002);
	CU_ASSERT_STRING_EQUAL(w.sent[1].text, w.sent[3].text);
	CU_ASSERT(w.strays == 1);
	CU_ASSERT(sip_world_traced(&w, "unmatched") == 1);
	sip_bytes_unref(request);
	sip_world_close(&w);
}

/* Timers G, H: 486 without an ACK. */
static void
server_no_ack(void)
{
	struct sip_world w;

	sip_world_open(&w);
	sip_world_at(&w, 1000);
	sip_world_request_in(&w, "INVITE", "z9hG4bK1", "");
	sip_world_request_in(&w, "INVITE", "z9hG4bK1", "");
	CU_ASSERT(w.nsent == 0); /* libosip2 sends no 100 of its own */
	CU_ASSERT(sip_world_respond(&w, 180) == 0);
	sip_world_at(&w, 1200);
	sip_world_request_in(&w, "INVITE", "z9hG4bK1", "");
	sip_world_at(&w, 2000);
	CU_ASSERT(sip_world_respond(&w, 486) == 0);
	CU_ASSERT(sip_world_respond(&w, 486) == ERR_STATE);
	sip_world_run(&w, 33999);
	CU_ASSERT(w.failures == 0);
	sip_world_run(&w, 34000);
	CU_ASSERT(w.failures == 1 && w.ends == 1 && w.requests == 1);
	SENT_AT(&w, 1000, 1200, 2000, 2500, 3500, 5500, 9500, 13500, 17500,
	    21500, 25500, 29500, 33500);
	CU_ASSERT(w.sent[1].retx == 1001 && w.sent[2].retx == 0);
	sip_world_close(&w);
}

CHECK_MAIN("sip_timers", { "invite_unanswered", invite_unanswered },
    { "invite_proceeding", invite_proceeding },
    { "invite_refused", invite_refused }, { "server_no_ack", server_no_ack })
