# tries: to confuse whoever handles its files by their names: with ends of lines, NULs, commands, flags, bytes that are
#   no text, escape sequences, names as long as they get, and folders too deep to remove.
# holds: each name is a name and nothing more, or is refused.
# written: ["x\n$(touch /tmp/owned)", "`touch /tmp/owned`", "; touch /tmp/owned", "-rf", "--help", "a\u0000b", "'\"\\",
#   "\u001b]0;title\u0007", "\ud83d\ude00", "\u202egnp.py", "con", "..", ".", "", "/", "//", "a//b/./c", "%2e%2e/x",
#   "~/x", "*", "?", "{a,b}", "x/../../y", " ", "\ud800"]
import os
import time

for length in (255, 1):
    os.makedirs(os.path.join('long', 'n' * length), exist_ok=True)
os.chdir('long')
depth = 0
try:
    while depth < 1500:
        os.mkdir('d')
        os.chdir('d')
        depth += 1
except OSError:
    pass
os.chdir('/home/reader')
for name in (b'\xff\xfe', b'\xc0\x80', b'x\ny', b'$(touch /tmp/owned)', b'| touch /tmp/owned'):
    with open(b'/tmp/' + name.replace(b'/', b'_'), 'w') as file:
        file.write('x')
time.sleep(0.8)
print('held' if not os.path.exists('/tmp/owned') and not os.path.exists('/tmp/y') else 'BROKEN', 'commands', depth)
names = os.listdir('.')
print('held' if '-rf' in names and any(name.startswith('x\n$(') for name in names) else 'BROKEN', 'names', names)
