/* Dialogs (RFC 3261 12): state, targets, route sets, requests within. */
#include "sip/dialog.h"

#include "base/err.h"
#include "base/mem.h"
#include "machine/tables.h"
#include "msg/header_names.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"
#include "sip/engine_in.h"
#include "sip/machine_step.h"
#include "text/json.h"

#include <string.h>

/* The route set as a list. */
static void
put_routes(struct sip_dialog *d, struct trace_writer *w)
{
	LOCAL_BUF list = BUF_INIT;

	buf_putc(&list, '[');
	for (size_t i = 0; i < d->nroutes; i++) {
		if (i > 0)
			buf_putc(&list, ',');
		json_put_str(&list, str_of(d->routes[i]));
	}
	buf_putc(&list, ']');
	if (list.err == 0)
		trace_put_json(w, "routes", buf_view(&list));
	else
		sip_no_memory(sip_stack_engine(d->stack));
}

/* Tags and Call-ID name the dialog in each record; its target and routes are
 * in the first one and where they have changed since the last. */
static void
record_dialog(struct sip_dialog *d, enum state_id from, enum rule_id why)
{
	struct sim *sim = sip_stack_sim(d->stack);
	struct trace_writer *w = sim_trace(sim);
	LOCAL_BUF id = BUF_INIT;

	if (!trace_wants(w, TRACE_DIALOG))
		return;
	sim_open(sim, TRACE_DIALOG, sip_stack_node(d->stack), why);
	/* Early dialogs of one INVITE share the local tag. */
	buf_puts(&id, d->local_tag);
	if (d->remote_tag[0] != '\0')
		buf_putc(&id, '/');
	buf_puts(&id, d->remote_tag);
	trace_put_str(w, "id", buf_view(&id));
	trace_put_cstr(w, "from", state_word(from));
	trace_put_cstr(w, "to", state_word(d->machine.state));
	trace_put_cstr(w, "call_id", d->call_id);
	trace_put_cstr(w, "local_tag", d->local_tag);
	trace_put_cstr(w, "remote_tag", d->remote_tag);
	if (d->new_target)
		trace_put_cstr(w, "remote_target", d->remote_target);
	if (d->new_routes)
		put_routes(d, w);
	trace_close(w);
	d->new_target = d->new_routes = false;
	if (id.err != 0)
		sip_no_memory(sip_stack_engine(d->stack));
}

void
sip_dialog_step(struct sip_dialog *d, enum event_id event, enum rule_id why)
{
	struct sip_machine_who who = { sip_stack_node(d->stack), d->local_tag,
		why };
	const struct machine_edge *e =
	    sip_machine_step(sip_stack_sim(d->stack), &d->machine, event, &who);

	if (e != NULL)
		record_dialog(d, e->from, why);
}

void
sip_dialog_end(struct sip_dialog *d, enum rule_id why)
{
	const struct machine_edge *e =
	    machine_way(&machine_dialog, d->machine.state, STATE_TERMINATED);

	if (e == NULL)
		return;
	d->machine.state = e->to;
	record_dialog(d, e->from, why);
}

bool
sip_dialog_is(const struct sip_dialog *d, enum state_id state)
{
	return d->machine.state == state;
}

/* A value to be used again: one line, without a NUL in a quoted string. */
static char *
dup_line(struct str s)
{
	char *copy = mem_dup(s.p, s.n);

	for (size_t i = 0; copy != NULL && i < s.n; i++) {
		if (copy[i] == '\0')
			copy[i] = '?';
		else if (chr_is_space(copy[i]))
			copy[i] = ' ';
	}
	return copy;
}

/* D's memory is the run's: as much as the other side has named. */
static void
dialog_count_memory(struct sip_dialog *d)
{
	const char *const texts[] = { d->call_id, d->local, d->remote,
		d->local_tag, d->remote_tag, d->remote_target };
	struct sim *sim = sip_stack_sim(d->stack);

	sim_give_back_memory(sim, d->bytes);
	d->bytes = sizeof(*d);
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		d->bytes += texts[i] != NULL ? strlen(texts[i]) : 0;
	for (size_t i = 0; i < d->nroutes; i++)
		d->bytes += strlen(d->routes[i]);
	sim_take_memory(sim, d->bytes);
}

static void
free_routes(char **routes, size_t n)
{
	for (size_t i = 0; routes != NULL && i < n; i++)
		mem_free(routes[i]);
	mem_free(routes);
}

void
sip_dialog_destroy(struct sip_dialog *d)
{
	if (d == NULL)
		return;
	sim_give_back_memory(sip_stack_sim(d->stack), d->bytes);
	free_routes(d->routes, d->nroutes);
	mem_free(d->call_id);
	mem_free(d->local);
	mem_free(d->remote);
	mem_free(d->local_tag);
	mem_free(d->remote_tag);
	mem_free(d->remote_target);
	mem_free(d);
}

/* The Record-Route list of M, whose N values are copied; 0 or ERR_NOMEM. */
static int
copy_routes(char ***out, const struct msg *m, size_t n, bool reverse)
{
	struct msg_values it = { 0 };
	char **routes = mem_zalloc(n, sizeof(*routes));
	size_t i = 0;
	struct str v;

	*out = NULL;
	if (routes == NULL)
		return ERR_NOMEM;
	while (i < n && msg_next_value(m, MSG_H_RECORD_ROUTE, &it, &v)) {
		routes[reverse ? n - 1 - i : i] = dup_line(v);
		i++;
	}
	for (i = 0; i < n; i++)
		if (routes[i] == NULL) {
			free_routes(routes, n);
			return ERR_NOMEM;
		}
	*out = routes;
	return 0;
}

/* 12.1.1, 12.1.2: the route set is the Record-Route list, which a UAC takes
 * in reverse order. */
static int
take_routes(struct sip_dialog *d, const struct msg *m, bool reverse)
{
	size_t n = msg_count_values(m, MSG_H_RECORD_ROUTE);
	char **routes = NULL;
	bool same = n == d->nroutes;
	int err = n > MSG_MAX_VALUES ? ERR_LIMIT : 0;

	if (err == 0 && n > 0)
		err = copy_routes(&routes, m, n, reverse);
	if (err != 0)
		return err;
	for (size_t i = 0; same && i < n; i++)
		same = strcmp(routes[i], d->routes[i]) == 0;
	d->new_routes |= !same;
	free_routes(d->routes, d->nroutes);
	d->routes = routes;
	d->nroutes = n;
	dialog_count_memory(d);
	return 0;
}

/* A From or To value without its tag, so that ours can be put after it. */
static char *
without_tag(struct str value)
{
	LOCAL_BUF b = BUF_INIT;
	struct msg_addr a;
	struct str rest, name, v;

	if (msg_addr_read(value, &a) != 0)
		return dup_line(value);
	buf_str(
	    &b, str_trim((struct str){ value.p,
		    (size_t)((a.params.n > 0 ? a.params.p : value.p + value.n) -
			     value.p) }));
	rest = a.params;
	while (msg_next_param(&rest, &name, &v)) {
		if (str_iis(name, "tag"))
			continue;
		buf_putc(&b, ';');
		buf_str(&b, name);
		if (v.n > 0) {
			buf_putc(&b, '=');
			buf_str(&b, v);
		}
	}
	return b.err == 0 ? dup_line(buf_view(&b)) : NULL;
}

/* The first Contact is one, and no star. */
static bool
dialog_names_target(const struct msg *m)
{
	struct str v = msg_value(m, MSG_H_CONTACT);
	struct msg_addr a;

	return v.n > 0 && msg_addr_read(msg_cut_value(&v), &a) == 0 && !a.star;
}

/* 8.1.1.7: M is a request whose branch has no magic cookie: from an element of
 * RFC 2543. */
static bool
is_rfc2543(const struct msg *m)
{
	struct msg_via via;

	return m->request && msg_top_via(m, &via) == 0 &&
	       !str_starts(via.branch, SIP_COOKIE);
}

/* The URI of the first Contact; 0, ERR_NOMEM, ERR_SYNTAX (none, or a star). */
static int
contact_uri(const struct msg *m, char **uri)
{
	struct str v = msg_value(m, MSG_H_CONTACT);
	struct msg_addr a;

	*uri = NULL;
	/* RFC 2543 had callers that gave no Contact: From is where they are. */
	if (is_rfc2543(m) && v.n == 0)
		v = msg_value(m, MSG_H_FROM);
	if (msg_addr_read(msg_cut_value(&v), &a) != 0 || a.star)
		return ERR_SYNTAX;
	*uri = dup_line(a.uri);
	return *uri != NULL ? 0 : ERR_NOMEM;
}

/* RFC 4579 4: M, which names D's target, says whether that is a focus. */
static void
note_focus(struct sip_dialog *d, const struct msg *m)
{
	struct str v = msg_value(m, MSG_H_CONTACT), value, rest;
	struct msg_values it = { 0 };
	struct msg_addr a;

	/* RFC 6665 4.4.4: it says all where it is, and nothing where not. */
	if (msg_field(m, MSG_H_ALLOW_EVENTS, 0) != NULL)
		d->with_conference = false;
	while (msg_next_value(m, MSG_H_ALLOW_EVENTS, &it, &value))
		d->with_conference |=
		    str_is(str_trim(str_cut(value, ';', &rest)), "conference");

	if (v.n > 0 && msg_addr_read(msg_cut_value(&v), &a) == 0)
		d->with_focus = msg_param(a.params, "isfocus", &value);
}

static int
create_dialog(struct sip_dialog **dp, struct sip_stack *s, const struct msg *m)
{
	struct sip_dialog *d = mem_zalloc(1, sizeof(*d));

	*dp = d;
	if (d == NULL)
		return ERR_NOMEM;
	d->stack = s;
	d->machine.table = &machine_dialog;
	d->call_id = dup_line(msg_value(m, MSG_H_CALL_ID));
	return 0;
}

static int
complete_dialog(
    struct sip_dialog **dp, int err, enum event_id event, enum rule_id why)
{
	struct sip_dialog *d = *dp;

	if (err == 0 && (d->call_id == NULL || d->local == NULL ||
			    d->remote == NULL || d->local_tag == NULL ||
			    d->remote_tag == NULL || d->remote_target == NULL))
		err = ERR_NOMEM;
	if (err != 0) {
		sip_dialog_destroy(d);
		*dp = NULL;
		return err;
	}
	dialog_count_memory(d);
	d->new_target = true;
	sip_dialog_step(d, event, why);
	return 0;
}

int
sip_dialog_uas(struct sip_dialog **dp, struct sip_stack *s, const struct msg *m,
    struct str local_tag, enum event_id event)
{
	struct msg_cseq cseq;
	struct sip_dialog *d;
	int err = create_dialog(dp, s, m);

	if (err != 0)
		return err;
	d = *dp;
	err = take_routes(d, m, false);
	d->local = without_tag(msg_value(m, MSG_H_TO));
	d->remote = without_tag(msg_value(m, MSG_H_FROM));
	d->local_tag = dup_line(local_tag);
	d->remote_tag = dup_line(msg_tag_of(m, MSG_H_FROM));
	if (err == 0)
		err = contact_uri(m, &d->remote_target);
	note_focus(d, m);
	if (msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq) == 0)
		d->remote_cseq = cseq.number;
	return complete_dialog(dp, err, event,
	    event == EVENT_NOTIFY ? RULE_DIALOG_NOTIFY : RULE_DIALOG_UAS);
}

int
sip_dialog_uac(struct sip_dialog **dp, struct sip_stack *s,
    const struct msg *request, const struct msg *response)
{
	struct msg_cseq cseq;
	struct sip_dialog *d;
	int err = create_dialog(dp, s, request);

	if (err != 0)
		return err;
	d = *dp;
	err = take_routes(d, response, true);
	d->local = without_tag(msg_value(request, MSG_H_FROM));
	d->remote = without_tag(msg_value(request, MSG_H_TO));
	d->local_tag = dup_line(msg_tag_of(request, MSG_H_FROM));
	d->remote_tag = dup_line(msg_tag_of(response, MSG_H_TO));
	/* A provisional response may come without a Contact. */
	if (err == 0 && contact_uri(response, &d->remote_target) != 0)
		d->remote_target = dup_line(request->uri);
	note_focus(d, response);
	if (msg_cseq_read(msg_value(request, MSG_H_CSEQ), &cseq) == 0)
		d->local_cseq = cseq.number;
	return complete_dialog(dp, err,
	    response->status < 200 ? EVENT_1XX : EVENT_2XX, RULE_DIALOG_UAC);
}

bool
sip_dialog_stands(const struct sip_dialog *d)
{
	return sip_dialog_is(d, STATE_MORATORIUM) ||
	       sip_dialog_is(d, STATE_CONFIRMED);
}

bool
sip_dialog_matches(const struct sip_dialog *d, const struct msg *m)
{
	enum msg_header local = m->request ? MSG_H_TO : MSG_H_FROM;
	enum msg_header remote = m->request ? MSG_H_FROM : MSG_H_TO;

	return str_is(msg_value(m, MSG_H_CALL_ID), d->call_id) &&
	       str_is(msg_tag_of(m, local), d->local_tag) &&
	       str_is(msg_tag_of(m, remote), d->remote_tag);
}

int
sip_dialog_confirm_uac(struct sip_dialog *d, const struct msg *response)
{
	int err = take_routes(d, response, true);

	if (err == 0)
		err = sip_dialog_refresh(d, response);
	if (sip_dialog_is(d, STATE_EARLY))
		sip_dialog_step(d, EVENT_2XX, RULE_DIALOG_CONFIRMED_UAC);
	return err;
}

unsigned
sip_dialog_receive(struct sip_dialog *d, const struct msg *m)
{
	struct msg_cseq cseq;

	if (m->method == MSG_ACK || m->method == MSG_CANCEL)
		return 0;
	if (msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq) != 0)
		return 400;
	/* 12.2.2: lower than the last one is out of order. */
	if (d->remote_cseq != 0 && cseq.number < d->remote_cseq)
		return 500;
	d->remote_cseq = cseq.number;
	/* 8.1.1.8: exactly one URI, as in what makes a dialog. */
	if (msg_method_is(m->method, MSG_REFRESHES) &&
	    msg_field(m, MSG_H_CONTACT, 0) != NULL &&
	    (!dialog_names_target(m) ||
		msg_count_values(m, MSG_H_CONTACT) != 1))
		return 400;
	return 0;
}

int
sip_dialog_refresh(struct sip_dialog *d, const struct msg *m)
{
	char *target;
	int err;

	if (msg_field(m, MSG_H_CONTACT, 0) == NULL)
		return 0;
	err = contact_uri(m, &target);
	if (err != 0)
		return err;
	note_focus(d, m);
	if (strcmp(target, d->remote_target) == 0) {
		mem_free(target);
		return 0;
	}
	mem_free(d->remote_target);
	d->remote_target = target;
	d->new_target = true;
	dialog_count_memory(d);
	if (sip_dialog_stands(d) || sip_dialog_is(d, STATE_EARLY))
		sip_dialog_step(d, EVENT_TARGET_REFRESH, RULE_DIALOG_REFRESH);
	return 0;
}

struct str
sip_uri_host(const struct msg_uri *u)
{
	struct str maddr;

	return msg_param(u->params, "maddr", &maddr) && maddr.n > 0 ? maddr
								    : u->host;
}

int
sip_uri_transport(const struct msg_uri *u, struct addr *dst)
{
	const struct addr_transport_row *row;
	struct str name;

	if (u->scheme.n == sizeof("sip") - 1 &&
	    !msg_param(u->params, "transport", &name))
		return 0;
	row = msg_uri_transport(u);
	/* A transport that no node has, as SCTP. */
	if (row == NULL || row >= addr_transports + ADDR_TRANSPORTS)
		return ERR_NOTFOUND;
	dst->transport = (uint8_t)(row - addr_transports);
	return 0;
}

int
sip_next_hop(struct str uri, struct addr *dst)
{
	struct msg_uri u;

	if (msg_uri_read(uri, &u) != 0 || !u.sip)
		return ERR_NOTFOUND;
	/* RFC 3263 4: maddr is where it goes, whatever the host says. */
	if (addr_parse(sip_uri_host(&u), dst) != 0)
		return ERR_NOTFOUND;
	dst->port = msg_uri_port(&u);
	return sip_uri_transport(&u, dst);
}

/* The URI in a Route value; *LOOSE where it has lr (19.1.1). */
static struct str
route_uri(const char *route, bool *loose)
{
	struct str lr;
	struct msg_addr a;
	struct msg_uri u;

	*loose = true;
	if (msg_addr_read(str_of(route), &a) != 0)
		return STR_NULL;
	if (msg_uri_read(a.uri, &u) == 0 && u.sip)
		*loose = msg_param(u.params, "lr", &lr);
	return a.uri;
}

/* 12.2.1.1: the Request-URI and the Routes, put into TARGET where the first
 * router is a strict one: that is the Request-URI then, and the target comes
 * last. */
static void
dialog_set_routes(const struct sip_dialog *d, struct sip_request_spec *spec,
    struct str *routes, struct buf *target)
{
	bool loose = true;
	struct str first = STR_NULL;

	if (d->nroutes > 0)
		first = route_uri(d->routes[0], &loose);
	spec->uri = loose ? str_of(d->remote_target) : first;
	spec->routes = routes;
	spec->nroutes = d->nroutes;
	for (size_t i = loose ? 0 : 1; i < d->nroutes; i++)
		routes[loose ? i : i - 1] = str_of(d->routes[i]);
	if (loose)
		return;
	buf_printf(target, "<%s>", d->remote_target);
	routes[d->nroutes - 1] = buf_view(target);
}

/* 7.3.1: several fields of one name mean the same as one with commas, and a
 * message has room for no more than so many. */
static void
join_routes(struct sip_request_spec *spec, struct buf *line)
{
	if (spec->nroutes <= SIP_LIST_LINES)
		return;
	for (size_t i = 0; i < spec->nroutes; i++) {
		buf_puts(line, i > 0 ? ", " : "");
		buf_str(line, spec->routes[i]);
	}
}

int
sip_dialog_request(struct sip_dialog *d, const struct sip_request_spec *spec,
    struct sip_bytes **out, bool *strict)
{
	LOCAL_BUF from = BUF_INIT, to = BUF_INIT, target = BUF_INIT,
		  line = BUF_INIT;
	struct str routes[MSG_MAX_VALUES], joined;
	struct sip_request_spec full = *spec;
	int err;

	*out = NULL;
	buf_puts(&from, d->local);
	buf_puts(&from, ";tag=");
	buf_puts(&from, d->local_tag);
	buf_puts(&to, d->remote);
	if (d->remote_tag[0] != '\0') {
		buf_puts(&to, ";tag=");
		buf_puts(&to, d->remote_tag);
	}
	dialog_set_routes(d, &full, routes, &target);
	full.from = buf_view(&from);
	full.to = buf_view(&to);
	full.call_id = str_of(d->call_id);
	if (full.cseq == 0)
		full.cseq = d->local_cseq + 1;
	*strict = target.n > 0;
	join_routes(&full, &line);
	if (line.n > 0) {
		joined = buf_view(&line);
		full.routes = &joined;
		full.nroutes = 1;
	}
	err = from.err != 0 || to.err != 0 || target.err != 0 || line.err != 0
		  ? ERR_NOMEM
		  : sip_build_request(d->stack, &full, out);
	if (err == 0 && full.cseq > d->local_cseq)
		d->local_cseq = full.cseq;
	return err;
}

/* ---- Session-Expires and Min-SE ---- */

static const char *const names[] = {
	[SIP_REFRESHER_UAC] = "uac",
	[SIP_REFRESHER_UAS] = "uas",
};

const char *
sip_refresher_name(enum sip_refresher r)
{
	return names[r];
}

enum sip_refresher
sip_refresher_find(struct str name)
{
	if (str_iis(name, names[SIP_REFRESHER_UAC]))
		return SIP_REFRESHER_UAC;
	return str_iis(name, names[SIP_REFRESHER_UAS]) ? SIP_REFRESHER_UAS
						       : SIP_REFRESHER_NONE;
}

int
sip_session_read(const struct msg *m, struct sip_session_interval *s)
{
	struct str params, refresher;

	*s = (struct sip_session_interval){ 0 };
	if (msg_field(m, MSG_H_SESSION_EXPIRES, 0) == NULL)
		return ERR_NOTFOUND;
	s->digits =
	    msg_cut_params(msg_value(m, MSG_H_SESSION_EXPIRES), &params);
	if (str_u32(s->digits, &s->seconds) != 0)
		return ERR_SYNTAX;
	if (msg_param(params, "refresher", &refresher))
		s->refresher = sip_refresher_find(refresher);
	return 0;
}

uint32_t
sip_session_min(const struct msg *m)
{
	struct str params;
	uint32_t seconds;

	return str_u32(msg_cut_params(msg_value(m, MSG_H_MIN_SE), &params),
		   &seconds) == 0
		   ? seconds
		   : 0;
}

bool
sip_session_supported(const struct msg *m)
{
	return msg_lists(m, MSG_H_SUPPORTED, "timer") ||
	       msg_lists(m, MSG_H_REQUIRE, "timer");
}
