/* What rung prints about a run with real programs: where its nodes can be
 * reached, how it went.  See cli/live.h. */
#include "cli/live.h"

#include "base/err.h"
#include "live/real_programs.h"
#include "live/certificate_authority.h"
#include "text/utf8.h"
#include "topology/topology.h"
#include "words/time_words.h"

#include <stdio.h>

int
cli_say_live(struct cli *c, struct buf *out, struct diag *d)
{
	LOCAL_BUF ascii = BUF_INIT;
	struct diag why = DIAG_INIT;
	int err = 0;

	if (c->quiet || (out->n == 0 && out->err == 0)) {
		buf_free(out);
		return 0;
	}
	if (c->utf8) {
		err = cli_write(c, out, NULL, &why);
	} else {
		utf8_add_ascii(&ascii, buf_view(out));
		err = cli_write(c, &ascii, NULL, &why);
	}
	buf_free(out);
	if (err == 0)
		return 0;
	if (err != ERR_IO || c->output == NULL)
		return diag_pass(d, err, NULL, 0, &why);
	/* Its reader has gone: the trace goes on. */
	cli_complain(c, &why);
	c->quiet = true;
	return 0;
}

static void
live_message_put_place(
    const char *node, const char *face, const struct addr *at, void *arg)
{
	struct buf *out = arg, text = BUF_INIT;

	(void)face;
	addr_write(at, &text);
	buf_printf(out, "  %-12s %-22s %s\n", node, buf_cstr(&text),
	    addr_transports[at->transport].word);
	buf_free(&text);
}

/* What a program must be told that is to be N. */
static void
put_outside_program(const struct topology_node *n, struct buf *out)
{
	const struct topology_attr *aor = topology_attr(n, "aor");
	struct addr at = real_programs_program_at(n);
	LOCAL_BUF text = BUF_INIT;

	addr_write(&at, &text);
	buf_printf(out, "  %-12s %-22s ", n->name, buf_cstr(&text));
	if (aor != NULL)
		buf_printf(out, "%s\n", aor->value);
	else
		buf_printf(out, "sip:%s@%s\n", n->name,
		    n->domain[0] != '\0' ? n->domain : "…");
}

void
cli_put_places(const struct live_run *l, struct buf *out)
{
	const struct topology *t = live_run_topology(l);
	unsigned programs = 0;

	buf_puts(out, _("Only on this machine, each node at its own address:"));
	buf_putc(out, '\n');
	live_sockets_each(live_run_sockets(l), live_message_put_place, out);
	for (size_t i = 0; i < t->nnodes; i++)
		programs += real_programs_is_program(&t->nodes[i]);
	if (programs > 0) {
		buf_puts(out, _("Your programs, which listen at:"));
		buf_putc(out, '\n');
	}
	for (size_t i = 0; i < t->nnodes; i++)
		if (real_programs_is_program(&t->nodes[i]))
			put_outside_program(&t->nodes[i], out);
	for (size_t i = 0; i < live_run_programs(l)->nfaces; i++) {
		const struct real_program_face *f =
		    &live_run_programs(l)->faces[i];
		LOCAL_BUF at = BUF_INIT;

		addr_write(&f->at, &at);
		buf_printf(out,
		    /* TRANSLATORS: a node, an address, an interface */
		    _("%s is open to other machines at %s (%s); every machine "
		      "that reaches this address can connect."),
		    f->node, buf_cstr(&at), f->interface);
		buf_putc(out, '\n');
	}
	if (certificate_authority_folder(live_run_authority(l)) != NULL) {
		buf_printf(out,
		    /* TRANSLATORS: a folder */
		    _("Certificates are in %s: trust ca.pem; NAME.pem contains "
		      "the certificate and key of a program."),
		    certificate_authority_folder(live_run_authority(l)));
		buf_putc(out, '\n');
	}
}

void
cli_put_live_end(const struct live_run *l, struct buf *out)
{
	const struct live_sockets_counts *n =
	    live_sockets_counted(live_run_sockets(l));
	struct live_lateness late = live_run_lateness(l);
	struct live_still still = live_run_still(l);
	char half[TIME_ROOM], most[TIME_ROOM], worst[TIME_ROOM];
	LOCAL_BUF text = BUF_INIT;

	buf_printf(out,
	    /* TRANSLATORS: numbers of messages */
	    _("Messages from programs %llu, to programs %llu."),
	    (unsigned long long)n->came, (unsigned long long)n->left);
	buf_putc(out, '\n');
	snprintf(half, sizeof(half), "%s",
	    time_length_text(late.half_ns, (char[TIME_ROOM]){ 0 }));
	snprintf(most, sizeof(most), "%s",
	    time_length_text(late.most_ns, (char[TIME_ROOM]){ 0 }));
	snprintf(worst, sizeof(worst), "%s",
	    time_length_text(late.worst_ns, (char[TIME_ROOM]){ 0 }));
	if (late.n > 0) {
		buf_printf(out,
		    /* TRANSLATORS: three lengths of time */
		    _("Delay behind the clock: half of them %s at most, 99 of "
		      "100 %s, all %s."),
		    half, most, worst);
		buf_putc(out, '\n');
	}
	if (still.n > 0) {
		buf_printf(out,
		    /* TRANSLATORS: a length of time */
		    _("This machine slept, or rung was stopped: the run paused "
		      "for %s."),
		    time_length_text(still.ns, half));
		buf_putc(out, '\n');
	}
	if (n->elsewhere > 0) {
		addr_write(&n->somewhere, &text);
		buf_printf(out,
		    /* TRANSLATORS: a number, an address */
		    _("Not sent, because no packet leaves this machine: %llu, "
		      "the first for %s."),
		    (unsigned long long)n->elsewhere, buf_cstr(&text));
		buf_putc(out, '\n');
	}
	if (n->unopened > 0) {
		buf_printf(out,
		    _("Connections whose TLS or WebSocket handshake failed: "
		      "%llu."),
		    (unsigned long long)n->unopened);
		buf_putc(out, '\n');
	}
	for (size_t i = 0; i < CONNECTION_END_COUNT; i++) {
		if (n->ended[i] == 0 || !connection_end_rows[i].ours)
			continue;
		buf_printf(out,
		    /* TRANSLATORS: a number, a reason */
		    _("Connections that nodes closed: %llu, because %s."),
		    (unsigned long long)n->ended[i],
		    i18n_text(connection_end_rows[i].why));
		buf_putc(out, '\n');
	}
	if (certificate_authority_strange(live_run_authority(l)) > 0) {
		buf_printf(out,
		    _("Certificates of programs that this run's authority did "
		      "not issue, accepted anyway: %llu."),
		    (unsigned long long)certificate_authority_strange(
			live_run_authority(l)));
		buf_putc(out, '\n');
	}
	if (n->lost + n->refused > 0) {
		buf_printf(out,
		    _("Not accepted by the machine, or by a program that did "
		      "not read: %llu."),
		    (unsigned long long)n->lost + n->refused);
		buf_putc(out, '\n');
	}
}
