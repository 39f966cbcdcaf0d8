/* What can be overheard or forged, passwords apart (inspect/check_digest.c). */
#include "inspect/checks.h"

#include "base/addr.h"
#include "msg/host.h"

/* What was exported from a TLS connection says so in its Via alone. */
static bool
is_unencrypted(const struct look *l)
{
	const struct addr_transport_row *via =
	    addr_transport_known(l->via.transport);
	const struct addr_transport_row *by =
	    addr_transport_known(l->send.transport);

	return (via == NULL || !via->secure) && by != NULL && !by->secure;
}

static bool
has_password(struct str text)
{
	struct msg_uri uri;

	return msg_uri_read(text, &uri) == 0 && uri.password.n > 0;
}

/* One of the URIs in the fields ID of L. */
static bool
has_passwords(const struct look *l, enum msg_header id)
{
	struct msg_values iter = { 0 };
	struct str value;

	while (msg_next_value(l->msg, id, &iter, &value))
		if (has_password(msg_addr_uri(value)))
			return true;
	return false;
}

enum verdict
check_uri_password(struct look *l)
{
	static const enum msg_header fields[] = { MSG_H_FROM, MSG_H_TO,
		MSG_H_CONTACT, MSG_H_REPLY_TO, MSG_H_REFER_TO,
		MSG_H_REFERRED_BY, MSG_H_ROUTE, MSG_H_RECORD_ROUTE, MSG_H_PATH,
		MSG_H_P_ASSERTED_IDENTITY, MSG_H_P_PREFERRED_IDENTITY };

	if (l->forwarded)
		return SILENT;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (has_passwords(l, fields[i])) {
			look_say(l, _("a password in %s"),
			    msg_header_info(fields[i])->name);
			return BROKEN;
		}
	look_say(l, _("a password in %s"), "Request-URI");
	return verdict_of(!l->msg->request || !has_password(l->msg->uri));
}

/* 26.2.2 */
enum verdict
check_sips(struct look *l)
{
	if (!l->msg->request || !str_istarts(l->msg->uri, "sips:"))
		return SILENT;
	look_say(l, _("a request to a sips URI without TLS"));
	return verdict_of(!is_unencrypted(l));
}

static struct str
host_of_address(struct str addr)
{
	struct str host = STR_NULL;
	uint16_t port;

	if (host_read(addr, 0, false, &host, &port) == 0)
		return addr;
	return host;
}

enum verdict
check_own_via(struct look *l)
{
	struct str from = host_of_address(l->send.src_addr);
	struct addr via, src;

	if (!l->msg->request || is_via_below(l) ||
	    addr_parse(l->via.host, &via) != 0 ||
	    addr_parse(l->send.src_addr, &src) != 0)
		return SILENT;
	look_measured(l,
	    _("its Via says %.*s, and it comes from %.*s: a NAT, or a "
	      "forged Via"),
	    STR_ARG(l->via.host), STR_ARG(from));
	return verdict_of(addr_same_ip(&via, &src));
}

enum verdict
check_keys(struct look *l)
{
	struct str value;

	if (!look_sdp(l) || l->forwarded)
		return SILENT;
	for (unsigned m = 0; m <= l->in->sdp->nmedia; m++)
		if (msg_sdp_attribute_find(
			l->in->sdp, m, "crypto", 0, &value)) {
			look_say(l, _("a=crypto in clear text"));
			return verdict_of(!is_unencrypted(l));
		}
	return SILENT;
}

/* Once a trace, whoever it is.  The networks of runs know no TLS. */
enum verdict
check_plain(struct look *l)
{
	l->blame = TRACE_NO_NODE;
	l->as = ROLE_CLASS_TERMINAL;
	look_say(l, _("the signalling is not encrypted"));
	if (l->in->whole)
		return SEEN;
	return verdict_of(!is_unencrypted(l));
}
