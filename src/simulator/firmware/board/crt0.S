/*
 * From reset to board_main, and what the processor jumps to on an exception
 * (ARM Architecture Reference Manual, A2.6).
 *
 * A boot loader enters _start in supervisor mode with r0 = 0, r1 = the machine's
 * number and r2 = the address of the tagged list.
 */
	.syntax unified
	.arm

	.equ	MODE_FIQ, 0x11
	.equ	MODE_IRQ, 0x12
	.equ	MODE_SVC, 0x13
	.equ	MODE_ABT, 0x17
	.equ	MODE_UND, 0x1B
	.equ	IRQ_OFF, 0xC0		/* FIQ as well */

	.section .vectors, "ax", %progbits
vectors:
	ldr	pc, =_start
	ldr	pc, =vector_undefined
	ldr	pc, =vector_swi
	ldr	pc, =vector_prefetch
	ldr	pc, =vector_data
	ldr	pc, =_start		/* reserved */
	ldr	pc, =vector_irq
	ldr	pc, =vector_fiq
	.ltorg

	.section .text.start, "ax", %progbits
	.global	_start
	.type	_start, %function
_start:
	msr	cpsr_c, #(IRQ_OFF | MODE_FIQ)
	ldr	sp, =fault_stack_top
	msr	cpsr_c, #(IRQ_OFF | MODE_ABT)
	ldr	sp, =fault_stack_top
	msr	cpsr_c, #(IRQ_OFF | MODE_UND)
	ldr	sp, =fault_stack_top
	msr	cpsr_c, #(IRQ_OFF | MODE_IRQ)
	ldr	sp, =irq_stack_top
	msr	cpsr_c, #(IRQ_OFF | MODE_SVC)
	ldr	sp, =fault_stack_top	/* until the memory's size is known */
	mov	r4, r2

	/* ARM926EJ-S Technical Reference Manual 2.3.2: instruction cache on,
	 * an access that is not aligned is a data abort. */
	mrc	p15, 0, r0, c1, c0, 0
	orr	r0, r0, #0x1000
	orr	r0, r0, #0x2
	mcr	p15, 0, r0, c1, c0, 0

	ldr	r0, =__bss_start
	ldr	r1, =__bss_end
	mov	r2, #0
	mov	r3, #0
	mov	r5, #0
	mov	r6, #0
1:	cmp	r0, r1			/* both are multiples of 16 */
	stmialo	r0!, {r2, r3, r5, r6}
	blo	1b

	mov	r0, r4
	bl	memory_start
	mov	sp, r0
	bl	board_main
2:	b	2b
	.size	_start, . - _start

	.type	vector_irq, %function
vector_irq:
	sub	lr, lr, #4
	stmfd	sp!, {r0-r3, r12, lr}
	bl	irq_dispatch
	ldmfd	sp!, {r0-r3, r12, pc}^
	.size	vector_irq, . - vector_irq

	/* fault(which, address of the instruction, SPSR) does not return. */
	.macro	fault_vector name, which, back
	.type	\name, %function
\name:
	sub	r1, lr, #\back
	mov	r0, #\which
	mrs	r2, spsr
	ldr	sp, =fault_stack_top
	b	fault
	.size	\name, . - \name
	.endm
	fault_vector vector_undefined, 0, 4
	fault_vector vector_swi, 1, 4
	fault_vector vector_prefetch, 2, 4
	fault_vector vector_data, 3, 8
	fault_vector vector_fiq, 4, 4
	.ltorg

	.section .bss
	.balign	8
	.space	1024
fault_stack_top:
	.space	2048
irq_stack_top:

	.section .note.GNU-stack, "", %progbits
