/* docs/TRACE.md names every word that a trace may have by a table. */
#include "fixtures/check.h"

#include "base/addr.h"
#include "base/buf.h"
#include "machine/machine.h"
#include "tls/certificate.h"
#include "trace/protocol.h"
#include "trace/vocab.h"

#include <string.h>

/* WORD stands in PAGE as code. */
static void
want(struct str page, const char *word)
{
	LOCAL_BUF code = BUF_INIT;
	bool there;

	buf_printf(&code, "`%s`", word);
	there = str_find(page, buf_cstr(&code)) >= 0;
	if (!there)
		printf("  %s is missing\n", buf_cstr(&code));
	CU_ASSERT(there);
}

/* One letter: "`A` … `N`" has it. */
static bool
is_letter(const char *name)
{
	return name[0] != '\0' && name[1] == '\0';
}

static void
names_every_word(void)
{
	static const char *const protos[] = {
#define X(id, name, class, arrow, port, describe) name,
		TRACE_PROTOS(X)
#undef X
	};
	LOCAL_BUF text = BUF_INIT;
	const struct machine *m;
	struct str page;

	CU_ASSERT_EQUAL_FATAL(
	    buf_read_file(&text, "docs/TRACE.md", 1 << 20), 0);
	page = buf_view(&text);
	for (int i = 0; i < TRACE_KIND_COUNT; i++)
		want(page, trace_kind_name((enum trace_kind)i));
	for (int i = 0; i < TRACE_DROP_COUNT; i++)
		want(page, trace_drop_name((enum trace_drop)i));
	for (int i = 0; i < TRACE_REFUSAL_COUNT; i++)
		want(page, trace_refusal_name((enum trace_refusal)i));
	for (size_t i = 0; i < sizeof(protos) / sizeof(protos[0]); i++)
		want(page, protos[i]);
	for (int i = 0; i < TLS_VERDICT_COUNT; i++)
		want(page, tls_verdict_word((enum tls_verdict)i));
	for (int i = 0; i < ADDR_TRANSPORTS; i++)
		want(page, addr_transports[i].word);
	for (size_t i = 0; (m = machine_at(i)) != NULL; i++) {
		want(page, m->name);
		for (size_t k = 0; k < m->ntimers; k++)
			if (!is_letter(m->timers[k].name))
				want(page, m->timers[k].name);
	}
}

CHECK_MAIN("trace_page", { "names every word", names_every_word })
