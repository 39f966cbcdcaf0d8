/* See agent/restoration.h. */
#include "agent/restoration.h"

#include "base/err.h"
#include "msg/parts.h"
#include "text/xml.h"

/* 7.6: the alternative service is a restoration, by an initial registration. */
static bool
wants_registration(struct str body)
{
	bool restores = false, registers = false;
	const struct xml_item *e;
	struct xml x;
	int err = xml_read(&x, body);

	while (err == 0 && (e = xml_next(&x))->kind != XML_DONE) {
		if (e->kind != XML_TEXT || x.depth != 3 ||
		    !xml_is_within(&x, 0, "ims-3gpp") ||
		    !xml_is_within(&x, 1, "alternative-service"))
			continue;
		if (xml_is_within(&x, 2, "type"))
			restores = str_is(str_trim(e->text), "restoration");
		if (xml_is_within(&x, 2, "action"))
			registers =
			    str_is(str_trim(e->text), "initial-registration");
	}
	xml_free(&x);
	return err == 0 && restores && registers;
}

/* The S-CSCF of AGENT's Service-Route has sent M. */
static bool
is_of_service_route(const struct agent *agent, const struct msg *m)
{
	struct str rest = str_of(agent->service_route);
	struct msg_addr who, hop;

	if (msg_addr_read(msg_value(m, MSG_H_P_ASSERTED_IDENTITY), &who) != 0)
		return false;
	while (rest.n > 0)
		if (msg_addr_read(msg_cut_value(&rest), &hop) == 0 &&
		    msg_uri_equal(hop.uri, who.uri))
			return true;
	return false;
}

bool
restoration_is_wanted(const struct agent *agent, const struct msg *m)
{
	return m->status == 504 &&
	       str_is(msg_value(m, MSG_H_CONTENT_TYPE), RESTORATION_TYPE) &&
	       is_of_service_route(agent, m) && wants_registration(m->body);
}
