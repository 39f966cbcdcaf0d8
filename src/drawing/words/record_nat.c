/* What records of a NAT say: bindings that come and go, what can't pass, what
 * was rewritten. */
#include "words/record_text_in.h"

#include "base/addr.h"
#include "base/i18n.h"

/* "UDP". */
static const char *
by(struct telling *w)
{
	const struct addr_transport_row *row =
	    addr_transport_known(trace_str(w->rec, "proto", &w->scratch));

	return row != NULL ? row->name : "";
}

const struct record_kind record_nat = {
	.terms = TERMS(TERM(by), KEYED("fields_changed", tell_list, "fields")),
	.summary = ROWS({ "op=made", "{by} {inner} → {outer}[ ({remote})]" },
	    { "op=expired",
		N_("expired: {by} {inner} → {outer}[ ({remote})]") },
	    { "op=forgotten",
		N_("forgotten: {by} {inner} → {outer}[ ({remote})]") },
	    { "op=rewritten", N_("rewritten: {fields_changed}") },
	    { "op=filtered", N_("filtered: {by} {src} → {dst}") },
	    { "op=full", N_("no room: {by} {src} → {dst}") },
	    { "op=private", N_("no route: {by} {src} → {dst}") },
	    { "op=no-hairpin", N_("not sent back: {by} {src} → {dst}") },
	    { "", N_("no binding: {by} {src} → {dst}") }),
	.sentence = ROWS(
	    { "op=made;remote",
		N_("{node} made a binding: what {inner} sends to {remote} by "
		   "{by} leaves with the address {outer}, and answers there "
		   "come back.") },
	    { "op=made",
		N_("{node} made a binding: what {inner} sends by {by} leaves "
		   "with the address {outer}, and answers there come back.") },
	    { "op=expired",
		N_("{node}'s binding of {inner} to {outer} ({by}) ran out: "
		   "nothing had refreshed it. What comes to {outer} now "
		   "reaches nobody.") },
	    { "op=forgotten",
		N_("{node} lost its binding of {inner} to {outer} ({by}).") },
	    { "op=rewritten", N_("{node} changed addresses within the message: "
				 "{fields_changed}.") },
	    { "op=filtered",
		N_("{node} let nothing in from {src}: its binding of {inner} "
		   "to {dst} has sent nothing there.") },
	    { "op=full",
		N_("{node} had no room for a binding: what {src} sent to {dst} "
		   "is lost.") },
	    { "op=private",
		N_("{node} had something for {dst} from outside, where nobody "
		   "has a route to that private address.") },
	    { "op=no-hairpin",
		N_("{node} got something for its own outer address {dst} from "
		   "{src}, which is inside, and sends nothing back there.") },
	    { "inner",
		N_("{node} had no binding any more for what {src} sent to "
		   "{dst}: that of {inner} was over.") },
	    { "", N_("{node} had no binding for what {src} sent to {dst}.") }),
};
