"""A task of Windows' scheduler, started at logon. That it is accepted could not be tried where this was written."""

import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

from stretch_coach.breaks.autostart.entry import Entry, Watcher

TASK = "Stretch Coach breaks"


def task_entry(watcher: Watcher, state: Path) -> Entry:
    """The task as XML, in the encoding that ``schtasks`` reads, kept below the state folder to be registered from."""
    program, arguments = _action(watcher)
    content = f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.3" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Stretch Coach break prompts</Description></RegistrationInfo>
  <Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger></Triggers>
  <Principals><Principal id="Author">
    <LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel>
  </Principal></Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>3</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author"><Exec>
    <Command>{escape(program)}</Command><Arguments>{escape(arguments)}</Arguments>
  </Exec></Actions>
</Task>
"""
    return Entry("scheduled task", state / "autostart-task.xml", content.encode("utf-16"))


def _action(watcher: Watcher) -> tuple[str, str]:
    """The program and its arguments as one line. A task has no variables of its own, so Python sets them first."""
    program, *arguments = watcher.command
    if watcher.environment:
        module, *rest = arguments[1:]  # after -m
        code = f"import os, runpy, sys; os.environ.update({dict(watcher.environment)!r}); sys.argv[1:] = {rest!r}; "
        code += f"runpy.run_module({module!r}, run_name='__main__')"
        arguments = ["-c", code]
    # The scheduler replaces %NAME% in arguments; a code point written out by Python's own escape is left alone.
    line = subprocess.list2cmdline(arguments)
    return program, line.replace("%", "\\x25") if watcher.environment else line
