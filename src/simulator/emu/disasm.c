/* Instructions in words, by capstone. */
#include "emu/board.h"
#include "emu/core_in.h"
#include "emu/board_in.h"
#include "emu/bytes_in.h"

#include "base/err.h"
#include "base/library.h"

#include <capstone/capstone.h>
#include <stdio.h>
#include <string.h>

#define THUMB 0x20u

#define CAPSTONE_FUNCTIONS(X) X(cs_open) X(cs_disasm) X(cs_free) X(cs_close)

static struct {
	CAPSTONE_FUNCTIONS(LIBRARY_POINTER)
} lib;

int
disasm_load(struct diag *d)
{
	static const struct library_function functions[] = {
#define X(name) LIBRARY_FUNCTION(lib, name)
		CAPSTONE_FUNCTIONS(X)
#undef X
	};

	return library_load(RUNG_LIBCAPSTONE, functions,
	    sizeof(functions) / sizeof(functions[0]), d);
}

static void
take_line(const struct board *b, csh cs, uint32_t address, unsigned size,
    struct board_line *line)
{
	uint32_t room = board_room(b, address);
	const uint8_t *at = board_bytes(b, address, room);
	cs_insn *insn;

	memset(line, 0, sizeof(*line));
	line->address = address;
	if (at == NULL || room < size)
		return;
	line->size = size;
	line->word = size == 4 ? get32(at) : get16(at);
	if (lib.cs_disasm(cs, at, room < 4 ? room : 4, address, 1, &insn) != 1)
		return;
	line->size = insn->size;
	if (insn->size == 4)
		line->word = get32(at);
	snprintf(line->text, sizeof(line->text), "%.31s%s%.47s", insn->mnemonic,
	    insn->op_str[0] != '\0' ? " " : "", insn->op_str);
	lib.cs_free(insn, 1);
}

int
board_disassemble(const struct board *b, uint32_t address, size_t before,
    struct board_line *lines, size_t n)
{
	bool thumb = (core_cpsr(b->core) & THUMB) != 0;
	unsigned size = thumb ? 2 : 4;
	csh cs;

	if (lib.cs_open(CS_ARCH_ARM, thumb ? CS_MODE_THUMB : CS_MODE_ARM,
		&cs) != CS_ERR_OK)
		return ERR_NOMEM;
	address = (address & ~(size - 1)) - (uint32_t)before * size;
	for (size_t i = 0; i < n; i++) {
		take_line(b, cs, address, size, &lines[i]);
		address += lines[i].size != 0 ? lines[i].size : size;
	}
	lib.cs_close(&cs);
	return 0;
}
