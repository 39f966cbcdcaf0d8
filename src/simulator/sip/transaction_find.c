/* Finding transactions: the one that a CANCEL means, the one of a branch. */
#include "sip/transaction.h"

#include "msg/parts.h"
#include "sip/transaction_in.h"

/* The server transaction of a request METHOD with CANCEL's branch. */
static struct sip_transaction *
find_cancelled_server(
    struct sip_stack *s, const struct msg *cancel, struct str method)
{
	struct msg_via via;

	if (msg_top_via(cancel, &via) != 0 ||
	    sip_key_server(s, cancel, &via, method) != 0)
		return NULL;
	return map_get(s->servers, buf_view(&s->key));
}

struct sip_transaction *
sip_find_cancelled(struct sip_stack *s, const struct msg *cancel)
{
	return find_cancelled_server(s, cancel, STR("INVITE"));
}

struct sip_transaction *
sip_find_by_cancel(struct sip_stack *s, const struct msg *cancel)
{
	struct sip_transaction *tr;

	for (unsigned i = MSG_OTHER + 1; i < MSG_METHOD_COUNT; i++) {
		if (i == MSG_CANCEL || i == MSG_ACK)
			continue;
		tr = find_cancelled_server(
		    s, cancel, str_of(msg_method_name((enum msg_method)i)));
		if (tr != NULL)
			return tr;
	}
	return NULL;
}

bool
sip_client_exists(struct sip_stack *s, struct str branch, struct str method)
{
	return sip_key_client(s, branch, method) == 0 &&
	       map_get(s->clients, buf_view(&s->key)) != NULL;
}
