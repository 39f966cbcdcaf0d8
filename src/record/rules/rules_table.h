/*
 * The table of rules; see rules/rules.h for its columns.  Its rows lie in
 * headers by subject, which no other file includes: a new rule has its row in
 * one of them, in a list that is in RULES below.
 */
#ifndef RULES_RULES_TABLE_H
#define RULES_RULES_TABLE_H

#include "rules/rules_calls.h"
#include "rules/rules_dns.h"
#include "rules/rules_events.h"
#include "rules/rules_media.h"
#include "rules/rules_megaco.h"
#include "rules/rules_nat.h"
#include "rules/rules_seen.h"
#include "rules/rules_servers.h"
#include "rules/rules_services.h"
#include "rules/rules_surveillance.h"
#include "rules/rules_telephone.h"
#include "rules/rules_transport.h"

/* clang-format off */
#define RULES(X) \
	RULES_TRANSACTION(X) \
	RULES_TRANSPORT(X) \
	RULES_SECURITY(X) \
	RULES_UA(X) \
	RULES_CLIENT(X) \
	RULES_CALLED(X) \
	RULES_RELIABLE(X) \
	RULES_TRANSFER(X) \
	RULES_THIRD_PARTY(X) \
	RULES_PAIR(X) \
	RULES_QUEUE(X) \
	RULES_MESSAGE(X) \
	RULES_PING(X) \
	RULES_SUBSCRIBE(X) \
	RULES_MENU(X) \
	RULES_MAILBOX(X) \
	RULES_CONFERENCE(X) \
	RULES_PRESENCE(X) \
	RULES_REGISTER(X) \
	RULES_PROXY(X) \
	RULES_LOCATION(X) \
	RULES_STUN(X) \
	RULES_FLOW(X) \
	RULES_REDIRECT(X) \
	RULES_DNS(X) \
	RULES_SENDING(X) \
	RULES_AUTH(X) \
	RULES_NAT(X) \
	RULES_MEDIA(X) \
	RULES_TELEPHONE(X) \
	RULES_MEGACO(X) \
	RULES_SEEN(X) \
	RULES_ATTACK(X) \
	RULES_HOME(X) \
	RULES_SURVEILLANCE(X)
/* clang-format on */

#endif
