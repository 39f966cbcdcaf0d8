/*
 * The engine.  libosip2 reads the time through osip_gettimeofday; the function
 * of that name below takes the place of the library's own (symbols of the
 * program come first), so that its machines live in virtual time.  The library
 * gives that function no context: the clock is a thread's global, set on each
 * entry.
 */
#include "sip/engine_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "sip/osip_mem.h"
#include "sip/transaction_in.h"

static _Thread_local int64_t clock_ns;

int osip_gettimeofday(struct timeval *tp, void *tz);

int
osip_gettimeofday(struct timeval *tp, void *tz)
{
	(void)tz;
	tp->tv_sec = (time_t)(clock_ns / SIM_S);
	tp->tv_usec = (suseconds_t)(clock_ns % SIM_S / SIM_US);
	return 0;
}

void
sip_engine_set_clock(int64_t ns)
{
	clock_ns = ns;
}

int
sip_engine_enter(struct sip_engine *e)
{
	sip_engine_set_clock(sim_now(e->sim));
	return sip_osip_reserve() == 0 ? 0 : sip_no_memory(e);
}

int
sip_no_memory(struct sip_engine *e)
{
	sim_fail(e->sim, ERR_NOMEM, "%s", err_text(ERR_NOMEM));
	return ERR_NOMEM;
}

enum msg_fault
sip_read(struct sip_engine *e, struct sip_bytes *b, struct msg *m)
{
	return sip_views_read(&e->views, b, m);
}

void
sip_own_is(struct sip_engine *e, struct sip_bytes *b)
{
	sip_bytes_ref(b);
	sip_bytes_unref(e->own_of);
	e->own_of = b;
}

enum msg_fault
sip_own_read(struct sip_engine *e, struct sip_bytes *b)
{
	enum msg_fault fault;

	if (e->own_of == b)
		return MSG_FAULT_NONE;
	fault = sip_read(e, b, &e->own);
	sip_own_is(e, fault == MSG_FAULT_NONE ? b : NULL);
	return fault;
}

enum msg_fault
sip_own_check(struct sip_engine *e, struct sip_bytes *b)
{
	enum msg_fault fault = sip_views_check(&e->views, b, &e->own);

	sip_own_is(e, fault == MSG_FAULT_NONE ? b : NULL);
	return fault;
}

struct sip_bytes *
sip_shared_bytes(struct sip_engine *e, struct str bytes)
{
	struct sip_bytes *b = sip_views_find(&e->views, bytes);

	return b != NULL ? sip_bytes_ref(b) : sip_bytes_new(e->sim, bytes);
}

/* Takes the place of the library's function, which traces to standard output:
 * nothing is printed. */
int
osip_trace(const char *file, int line, osip_trace_level_t level, FILE *f,
    const char *format, ...)
{
	(void)file;
	(void)line;
	(void)level;
	(void)f;
	(void)format;
	return 0;
}

int
sip_engine_create(struct sip_engine **ep, struct sim *sim)
{
	struct sip_engine *e = mem_zalloc(1, sizeof(*e));

	*ep = NULL;
	if (e == NULL)
		return ERR_NOMEM;
	e->sim = sim;
	sip_osip_mem_install();
	if (sip_engine_enter(e) != 0) {
		mem_free(e);
		return ERR_NOMEM;
	}
	if (osip_init(&e->osip) != 0) {
		mem_free(e);
		return ERR_NOMEM;
	}
	sip_machine_callbacks(e);
	*ep = e;
	return 0;
}

void
sip_engine_destroy(struct sip_engine *e)
{
	if (e == NULL)
		return;
	sip_own_is(e, NULL);
	sip_machine_models_free(e);
	sip_views_free(&e->views);
	osip_release(e->osip);
	sip_osip_mem_trim();
	buf_free(&e->scratch);
	buf_free(&e->text);
	buf_free(&e->made);
	mem_free(e);
}

const char *
sip_engine_version(void)
{
	return RUNG_OSIP_VERSION;
}
