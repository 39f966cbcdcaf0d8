/* The tables of synonyms. */
#include "topology/synonyms.h"

const struct param_synonym synonyms_of_verbs[] = {
	{ "call", "invite" },
	{ "dial", "invite" },
	{ "ring_up", "invite" },
	{ "hangup", "bye" },
	{ "hang_up", "bye" },
	{ "hang", "bye" },
	{ "end", "bye" },
	{ "accept", "answer" },
	{ "pickup", "answer" },
	{ "pick_up", "answer" },
	{ "decline", "reject" },
	{ "refuse", "reject" },
	{ "text", "message" },
	{ "sms", "message" },
	{ NULL, NULL },
};

const struct param_synonym synonyms_of_states[] = {
	{ "answered", "confirmed" },
	{ "accepted", "confirmed" },
	{ "connected", "confirmed" },
	{ "established", "confirmed" },
	{ "active", "confirmed" },
	{ "alerting", "early" },
	{ "ringing", "early" },
	{ "trying", "proceeding" },
	{ "closed", "terminated" },
	{ "ended", "terminated" },
	{ "failed", "terminated" },
	{ "finished", "terminated" },
	{ "over", "terminated" },
	{ NULL, NULL },
};

const struct param_synonym synonyms_of_roles[] = {
	{ "phone", "ua" },
	{ "uac", "ua" },
	{ "uas", "ua" },
	{ "client", "ua" },
	{ "server", "proxy" },
	{ NULL, NULL },
};

const struct param_synonym synonyms_of_codecs[] = {
	{ "g711", "PCMU" },
	{ "g.711", "PCMU" },
	{ "g711u", "PCMU" },
	{ "ulaw", "PCMU" },
	{ "g711a", "PCMA" },
	{ "alaw", "PCMA" },
	{ NULL, NULL },
};

const struct param_synonym synonyms_of_attributes[] = {
	{ "latency", "delay" },
	{ "bandwidth", "rate" },
	{ "speed", "rate" },
	{ "packet_loss", "loss" },
	{ "dnd", "do_not_disturb" },
	{ "port", "addr" },
	{ "ip", "addr" },
	{ "host", "addr" },
	{ "address", "addr" },
	{ NULL, NULL },
};
