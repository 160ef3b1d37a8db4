# What the tests' Request Tracker holds beside its own basics: queues, custom fields, an agent, and our account with a
# token and no more rights than docs/ticket_systems/request-tracker.md names. `rt-setup-database` reads this file.
use strict;
use warnings;

our @Groups = ({ Name => 'Guichet', Description => 'The first line' }, { Name => 'Agents', Description => 'The desk' });

our @Users = (
    { Name => 'guichet', RealName => 'Guichet', EmailAddress => 'guichet@desk.test', Privileged => 1 },
    { Name => 'mute', RealName => 'No rights', EmailAddress => 'mute@desk.test', Privileged => 1 },
    { Name => 'ana', RealName => 'Ana Lima', EmailAddress => 'ana@desk.test', Privileged => 1 },
    { Name => 'lea', RealName => 'Léa', EmailAddress => 'lea@example.org' },
    { Name => 'u1234', RealName => 'U. Nummer', EmailAddress => 'u1234@example.org' },
);

our @Queues = (
    { Name => 'Service desk', Description => 'Whatever has no team' },
    { Name => 'Network', Description => 'The network team' },
    { Name => 'On site', Description => 'Who comes to you' },
);

our @CustomFields = (
    { Name => 'Guichet handoff', Type => 'FreeformSingle', LookupType => 'RT::Queue-RT::Ticket' },
    { Name => 'Guichet reason', Type => 'FreeformSingle', LookupType => 'RT::Queue-RT::Ticket' },
    { Name => 'Guichet unique', Type => 'FreeformSingle', LookupType => 'RT::Queue-RT::Ticket', UniqueValues => 1 },
    {   Name       => 'Service',
        Type       => 'SelectSingle',
        LookupType => 'RT::Queue-RT::Ticket',
        Values     => [ map { { Name => $_ } } 'Network access', 'Printing' ],
    },
);

our @Final = (
    sub {
        my @ours = qw(SeeQueue CreateTicket ShowTicket ShowTicketComments ModifyTicket SeeCustomField
            SetInitialCustomField);
        my @theirs = qw(SeeQueue CreateTicket ShowTicket ShowTicketComments ReplyToTicket CommentOnTicket ModifyTicket
            OwnTicket TakeTicket StealTicket SeeCustomField ModifyCustomField);
        for my $set ([ Guichet => 'guichet', \@ours ], [ Agents => 'ana', \@theirs ]) {
            my ($name, $member, $rights) = @$set;
            my $group = RT::Group->new(RT->SystemUser);
            $group->LoadUserDefinedGroup($name);
            my $user = RT::User->new(RT->SystemUser);
            $user->Load($member);
            $group->AddMember($user->PrincipalId);
            for my $right (@$rights) {
                my ($ok, $why) = $group->PrincipalObj->GrantRight(Right => $right, Object => RT->System);
                die "$name $right: $why" unless $ok;
            }
        }
        open my $out, '>', $ENV{GUICHET_TOKENS} or die "no $ENV{GUICHET_TOKENS}: $!";
        for my $name (qw(root guichet mute ana)) {
            my $user = RT::User->new(RT->SystemUser);
            $user->Load($name);
            my $token = RT::AuthToken->new(RT->SystemUser);
            my ($ok, $why, $words) = $token->Create(Owner => $user->Id, Description => 'tests');
            die "$name: $why" unless $ok;
            print {$out} "$name $words\n";
        }
        close $out or die $!;
    },
);

1;
